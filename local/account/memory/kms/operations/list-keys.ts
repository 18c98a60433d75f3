import { keyArn, liveKeys } from '../keys.ts';
import { kmsOperation, pageInput, pageOf } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = kmsOperation({
  input: pageInput,
  run: (input, context) => {
    const { items, end } = pageOf(liveKeys(context), input, 100);
    const Keys = items.map((key) => ({ KeyId: key.keyId, KeyArn: keyArn(key, context.accountId) }));
    return { Keys, ...end };
  },
});
