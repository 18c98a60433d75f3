import { requireAccessKey } from '../credentials.ts';
import { accessKeyId, iamOperation, userName } from '../iam-operation.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey = iamOperation({
  input: { UserName: userName.optional(), AccessKeyId: accessKeyId },
  run: (input, context) => {
    requireAccessKey(input, context).user.accessKeys.delete(input.AccessKeyId);
    return {};
  },
});
