import { texts } from '../../input.ts';
import { iamOperation, removeTags, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html */
export const untagUser = iamOperation({
  input: { UserName: userName, TagKeys: texts.max(50) },
  run: ({ UserName, TagKeys }, context) => {
    removeTags(requireUser(UserName, context).tags, TagKeys);
    return {};
  },
});
