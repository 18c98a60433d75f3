import { requireAccessKey } from '../credentials.ts';
import { accessKeyId, iamOperation } from '../iam-operation.ts';

/**
 * No key is ever used here.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export const getAccessKeyLastUsed = iamOperation({
  input: { AccessKeyId: accessKeyId },
  run: ({ AccessKeyId }, context) => ({
    UserName: requireAccessKey({ AccessKeyId }, context).user.userName,
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  }),
});
