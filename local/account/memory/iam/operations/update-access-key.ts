import { z } from 'zod';
import { requireAccessKey } from '../credentials.ts';
import { accessKeyId, iamOperation, userName } from '../iam-operation.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey = iamOperation({
  input: { UserName: userName.optional(), AccessKeyId: accessKeyId, Status: z.enum(['Active', 'Inactive']) },
  run: ({ UserName, AccessKeyId, Status }, context) => {
    requireAccessKey({ UserName, AccessKeyId }, context).key.status = Status;
    return {};
  },
});
