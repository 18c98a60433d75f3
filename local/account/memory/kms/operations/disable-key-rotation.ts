import { text } from '../../input.ts';
import { kmsOperation } from '../kms-operation.ts';
import { requireRotatableKey } from '../rotation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = kmsOperation({
  input: { KeyId: text.min(1) },
  run: ({ KeyId }, context) => {
    requireRotatableKey(KeyId, context).rotation = undefined;
    return {};
  },
});
