import { wholeSeconds } from '../../times.ts';
import { iamOperation, limitExceeded, newIamId, userName } from '../iam-operation.ts';
import { requireUser } from '../users.ts';

/**
 * The secret is told this once, and opens nothing: requests are not authenticated here.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 */
export const createAccessKey = iamOperation({
  input: { UserName: userName },
  run: ({ UserName }, context) => {
    const user = requireUser(UserName, context);
    if (user.accessKeys.size >= MAX_KEYS) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${MAX_KEYS}`);
    }
    const accessKeyId = newIamId('AKIA', context, 16);
    const createDate = wholeSeconds(context.clock.now());
    user.accessKeys.set(accessKeyId, { accessKeyId, createDate, status: 'Active' });
    return {
      AccessKey: {
        UserName,
        AccessKeyId: accessKeyId,
        Status: 'Active',
        SecretAccessKey: context.ids.hex(40),
        CreateDate: createDate,
      },
    };
  },
});

const MAX_KEYS = 2;
