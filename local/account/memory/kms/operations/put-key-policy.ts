import { z } from 'zod';
import { flag, text } from '../../input.ts';
import { assertKeyPolicy } from '../key-policy.ts';
import { assertCustomer, requireKeyById } from '../keys.ts';
import { kmsOperation } from '../kms-operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy = kmsOperation({
  input: {
    KeyId: text.min(1),
    PolicyName: z.literal('default').default('default'),
    Policy: text.min(1),
    BypassPolicyLockoutSafetyCheck: flag.default(false),
  },
  run: ({ KeyId, Policy, BypassPolicyLockoutSafetyCheck }, context) => {
    const key = requireKeyById(KeyId, context);
    assertCustomer(key, context);
    assertKeyPolicy(Policy, BypassPolicyLockoutSafetyCheck, context);
    key.policy = Policy;
    return {};
  },
});
