import { z } from 'zod';
import { flag, text } from '../../input.ts';
import { assertKeyPolicy, defaultPolicy } from '../key-policy.ts';
import { keySpec, keyUsage, usageFor } from '../key-specs.ts';
import { viewKey } from '../key-view.ts';
import { kmsOperation } from '../kms-operation.ts';
import type { KeyRecord } from '../state.ts';
import { assertTaggable, keyTags, putTags } from '../tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = kmsOperation({
  input: {
    Policy: text.min(1).optional(),
    Description: text.max(8192).default(''),
    KeyUsage: keyUsage.optional(),
    KeySpec: keySpec.optional(),
    CustomerMasterKeySpec: keySpec.optional(),
    Origin: z.literal('AWS_KMS').optional(),
    BypassPolicyLockoutSafetyCheck: flag.default(false),
    MultiRegion: flag.default(false),
    Tags: keyTags.default([]),
  },
  run: (input, context) => {
    const { state, accountId, region, clock, ids } = context;
    const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    const usage = usageFor(spec, input.KeyUsage);
    if (input.Policy) assertKeyPolicy(input.Policy, input.BypassPolicyLockoutSafetyCheck, context);
    assertTaggable(input.Tags);
    const key: KeyRecord = {
      keyId: input.MultiRegion ? `mrk-${ids.hex(32)}` : ids.uuid(),
      region,
      creationDate: clock.now(),
      keySpec: spec,
      keyUsage: usage,
      manager: 'CUSTOMER',
      multiRegion: input.MultiRegion,
      description: input.Description,
      policy: input.Policy ?? defaultPolicy(accountId),
      enabled: true,
      deletionDate: undefined,
      rotation: undefined,
      tags: undefined,
    };
    putTags(key, input.Tags);
    state.kms.keys.set(key.keyId, key);
    return { KeyMetadata: viewKey(key, accountId) };
  },
});
