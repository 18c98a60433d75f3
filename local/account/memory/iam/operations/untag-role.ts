import { texts } from '../../input.ts';
import { iamOperation, removeTags, roleName } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole = iamOperation({
  input: { RoleName: roleName, TagKeys: texts.max(50) },
  run: ({ RoleName, TagKeys }, context) => {
    removeTags(requireRole(RoleName, context).tags, TagKeys);
    return {};
  },
});
