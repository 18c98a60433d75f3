import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCheckStore } from '../../../shared/aws/check-store.ts';
import { createExecutionStore } from '../../../shared/aws/execution-store.ts';
import { type Finding, findingIdOf } from '../../../shared/domain/finding.ts';
import { attemptKey, clientTokenOf } from '../../../shared/domain/remediation.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { DAY, FakeClock } from '../../helpers/fakes.ts';
import { aFinding, CHECK_NAME, GROUP_ARN } from '../../helpers/findings.ts';

// What the items look like: other functions, people and time to live rely on it.

const clock = new FakeClock();
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

/** Tracks a finding and reads its item. */
async function itemOf(changes: Partial<Finding>): Promise<Record<string, unknown>> {
  const finding = aFinding(changes);
  const { client, checkTrackerTable } = tables;
  await createCheckStore({ client, tableName: checkTrackerTable, clock }).track(finding);
  const Key = { findingId: { S: findingIdOf(finding) } };
  const { Item } = await client.send(
    new GetItemCommand({ TableName: checkTrackerTable, Key, ConsistentRead: true }),
  );
  return unmarshall(Item ?? {});
}

describe.skipIf(dynoxideMissing)(`CheckTrackerTable${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`, () => {
  it('has the attributes that the stream filters and people look for', async () => {
    expect(await itemOf({})).toEqual({
      findingId: findingIdOf(aFinding()),
      source: 'aws.trustedadvisor',
      checkName: CHECK_NAME,
      account: '012345678901',
      region: 'ap-southeast-2',
      resource: GROUP_ARN,
      resourceType: 'ec2:security-group',
      resourceStatus: 'Red',
      lastUpdatedTime: '2024-05-13T04:08:32.687Z',
      lastUpdatedEpochMs: 1715573312687,
      episode: 1,
      episodeStep: 0,
      detail: aFinding().detail,
    });
  });

  it('Green expires, and Red again takes that back', async () => {
    const resource = 'expiring';
    const green = await itemOf({ resource, status: 'Green', observedAt: new Date(1000) });
    expect(green.expiresAt).toBeGreaterThan(clock.now().getTime() / 1000);
    const red = await itemOf({ resource, status: 'Red', observedAt: new Date(2000) });
    expect(red.expiresAt).toBeUndefined();
  });

  it('a finding is forgotten later than the attempts at it: else its next Red would find its attempt made', async () => {
    const resource = 'forgotten';
    const { findingId } = await itemOf({ resource, status: 'Red', observedAt: new Date(1000) });
    const key = attemptKey({ findingId: String(findingId), episode: 1 });
    const { client, checkTrackerTable, automationExecutionTrackerTable: tableName } = tables;
    const { remediationGuardTable: guardTable } = tables;
    const executions = createExecutionStore({ client, tableName, checkTrackerTable, guardTable, clock });
    await executions.claim({
      ...key,
      state: 'Escalated',
      stateReason: 'r',
      reasonCode: 'R',
      checkName: CHECK_NAME,
      resource,
      account: '012345678901',
      region: 'us-east-1',
      clientToken: clientTokenOf(key),
      enteredAt: {},
    });
    const green = await itemOf({ resource, status: 'Green', observedAt: new Date(2000) });
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: { findingId: { S: key.findingId }, attempt: { S: key.attempt } },
      }),
    );
    // DynamoDB deletes within days of the time, in no order.
    const attempt = unmarshall(Item ?? {});
    expect(Number(green.expiresAt) - Number(attempt.expiresAt)).toBeGreaterThanOrEqual((14 * DAY) / 1000);
  });

  it('a detail of any size is kept within 8 KB, the longest values left out', async () => {
    const detail = { short: 'kept', long: 'x'.repeat(9000), longer: 'ü'.repeat(50_000), nothing: null };
    const item = await itemOf({ resource: 'large', detail });
    expect(item.detail).toEqual({ short: 'kept', nothing: null, '…': expect.any(String) });
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(10_000);
  });

  it('many small values are kept within 8 KB too', async () => {
    const detail = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`key ${n}`, 'value']));
    const item = await itemOf({ resource: 'many', detail });
    expect(Buffer.byteLength(JSON.stringify(item.detail))).toBeLessThan(8500);
  });
});
