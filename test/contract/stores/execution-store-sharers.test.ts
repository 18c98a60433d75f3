import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver, TRANSITIONS } from '../../../shared/domain/lifecycle.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock } from '../../helpers/fakes.ts';
import { aRowIn, aStory, type Stores, targetsOf } from './execution-store-stories.ts';

const clock = new FakeClock();
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

const TARGETS = targetsOf(clock, () => tables);
const anId = () => `oi-${randomUUID().slice(-12)}`;

/** Rows that share an OpsItem from their claim on. */
async function sharersOf(opsItemId: string, stores: Stores, count: number) {
  const shared = { opsItemId, sharesOpsItem: true };
  return Promise.all(Array.from({ length: count }, () => aRowIn('Deferred', stores, shared)));
}

describe.each(TARGETS)('ExecutionStore, shared OpsItems: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  test('lists the rows that share an OpsItem, and none that have one of their own', async () => {
    const stores = create();
    const opsItemId = anId();
    const sharers = await sharersOf(opsItemId, stores, 3);
    await aRowIn('Deferred', stores, { opsItemId, sharesOpsItem: false });
    await aRowIn('Deferred', stores, { opsItemId });
    await sharersOf(anId(), stores, 1);
    const listed = await stores.executions.listSharers(opsItemId);
    expect(listed.map(({ findingId }) => findingId).toSorted()).toEqual(
      sharers.map(({ findingId }) => findingId).toSorted(),
    );
    expect(listed[0]).toMatchObject({ state: 'Deferred', opsItemId, sharesOpsItem: true });
    expect(await stores.executions.listSharers(opsItemId, 2)).toHaveLength(2);
    expect(await stores.executions.listSharers(anId())).toEqual([]);
  });

  test('a row that shares one from a transition, an amendment or a beginning on is listed', async () => {
    const stores = create();
    const shared = { opsItemId: anId(), sharesOpsItem: true };
    const [one, two, three] = [
      await aRowIn('Starting', stores),
      await aRowIn('Deferred', stores),
      await aRowIn('Deferred', stores),
    ];
    await stores.executions.transition(one.row, 'Deferred', shared);
    await stores.executions.amend(two.row, 'Deferred', shared);
    await stores.executions.begin(three.row, shared);
    expect(await stores.executions.listSharers(shared.opsItemId)).toHaveLength(3);
  });

  test.each(TRANSITIONS.Verifying)('%s: listed until it is over', async (state) => {
    const stores = create();
    const opsItemId = anId();
    const { executions, remediation } = await aStory(stores);
    const row = remediation({ state: 'Verifying', opsItemId, sharesOpsItem: true });
    await executions.claim(row);
    const { remediation: after } = await executions.transition(row, state, {});
    expect(after.state).toBe(state);
    expect(await executions.listSharers(opsItemId)).toHaveLength(isOver(state) ? 0 : 1);
  });

  test('a row that gets an OpsItem of its own is not listed under either', async () => {
    const stores = create();
    const [before, own] = [anId(), anId()];
    const [{ row, executions }] = (await sharersOf(before, stores, 1)) as [
      Awaited<ReturnType<typeof aRowIn>>,
    ];
    await executions.amend(row, 'Deferred', { opsItemId: own, sharesOpsItem: false });
    expect(await executions.listSharers(before)).toEqual([]);
    expect(await executions.listSharers(own)).toEqual([]);
    expect(await executions.get(row)).toMatchObject({ opsItemId: own, sharesOpsItem: false });
  });

  test('one that moves to another shared OpsItem is listed under that one only', async () => {
    const stores = create();
    const [before, after] = [anId(), anId()];
    const [{ row, executions }] = (await sharersOf(before, stores, 1)) as [
      Awaited<ReturnType<typeof aRowIn>>,
    ];
    await executions.amend(row, 'Deferred', { opsItemId: after, sharesOpsItem: true });
    expect(await executions.listSharers(before)).toEqual([]);
    expect(await executions.listSharers(after)).toHaveLength(1);
  });

  test('lists them all, where they are more than one page of DynamoDB', async () => {
    const stores = create();
    const opsItemId = anId();
    const stateReason = 'x'.repeat(300_000);
    for (let each = 0; each < 5; each += 1)
      await aRowIn('Deferred', stores, { opsItemId, sharesOpsItem: true, stateReason });
    expect(await stores.executions.listSharers(opsItemId)).toHaveLength(5);
  });
});
