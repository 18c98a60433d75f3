import { iamOperation, putTags, requiredTags, roleName } from '../iam-operation.ts';
import { requireRole } from '../roles.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole = iamOperation({
  input: { RoleName: roleName, Tags: requiredTags },
  run: ({ RoleName, Tags }, context) => {
    putTags(requireRole(RoleName, context).tags, Tags);
    return {};
  },
});
