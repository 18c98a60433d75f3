import { iamOperation, putTags, requiredTags, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser = iamOperation({
  input: { UserName: userName, Tags: requiredTags },
  run: ({ UserName, Tags }, context) => {
    putTags(requireUser(UserName, context).tags, Tags);
    return {};
  },
});
