import { integer, text } from '../../input.ts';
import { kmsOperation } from '../kms-operation.ts';
import { requireRotatableKey } from '../rotation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const enableKeyRotation = kmsOperation({
  input: {
    KeyId: text.min(1),
    RotationPeriodInDays: integer
      .refine((days) => days >= 90 && days <= 2560, 'Expected 90 to 2560 days.')
      .default(365),
  },
  run: ({ KeyId, RotationPeriodInDays }, context) => {
    const key = requireRotatableKey(KeyId, context);
    key.rotation = { periodInDays: RotationPeriodInDays, since: context.clock.now() };
    return {};
  },
});
