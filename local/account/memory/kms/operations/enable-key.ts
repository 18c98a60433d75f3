import { text } from '../../input.ts';
import { requireOwnKey } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = kmsOperation({
  input: { KeyId: text.min(1) },
  run: ({ KeyId }, context) => {
    requireOwnKey(KeyId, context).enabled = true;
    return {};
  },
});
