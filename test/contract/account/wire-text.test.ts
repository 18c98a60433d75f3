import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../../local/account/account.ts';
import { createMemoryAccount } from '../../../local/account/memory/memory-account.ts';
import { createRemoteAccount } from '../../../local/account/remote.ts';
import { systemClock } from '../../../local/clock.ts';
import { randomIds } from '../../../local/ids.ts';
import { type ServedAccount, serveAccount } from './serve-account.ts';

const INSTANCE = 'i-0a1b2c3d4e5f67890';

let served: ServedAccount;
let account: Account;

beforeAll(async () => {
  const memory = createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: '012345678901' });
  memory.seed({ instances: [{ instanceId: INSTANCE }] });
  served = await serveAccount(memory);
  account = createRemoteAccount({ endpoint: served.endpoint });
});

afterAll(async () => {
  await account.close();
  await served[Symbol.asyncDispose]();
});

it("carries any text through the AWS SDK's own writer and parser", async () => {
  const ec2 = (operation: string, input: Record<string, unknown>) =>
    account.call({ service: 'ec2', operation, input, region: 'us-east-1' });
  const unit = fc.oneof(
    fc.constantFrom('<', '>', '&', '"', "'", ']]>', '&amp;', '%', '+', '=', ' ', '.', '\n'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  // In brackets, since the SDK's parser trims text.
  const value = fc.array(unit, { maxLength: 20 }).map((parts) => `[${parts.join('')}]`);
  await fc.assert(
    fc.asyncProperty(value, async (Value) => {
      await ec2('CreateTags', { Resources: [INSTANCE], Tags: [{ Key: 'text', Value }] });
      const found = await ec2('DescribeTags', { Filters: [{ Name: 'key', Values: ['text'] }] });
      expect(found.Tags).toEqual([{ Key: 'text', Value, ResourceId: INSTANCE, ResourceType: 'instance' }]);
    }),
    { numRuns: 100 },
  );
});
