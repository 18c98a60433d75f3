import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock } from '../../helpers/fakes.ts';
import { aRowIn, aStory, targetsOf } from './execution-store-stories.ts';

const clock = new FakeClock();
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

const TARGETS = targetsOf(clock, () => tables);
const OVER = { nextActionAt: null } as const;

/** Far in the past, and another for each test, so that what one leaves due is not in another's way. */
let eon = 0;

describe.each(TARGETS)('ExecutionStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  test('listByExecutionId finds a row by the ID that it was given', async () => {
    const { executions, row } = await aRowIn('Starting', create());
    const automationExecutionId = randomUUID();
    expect(await executions.listByExecutionId(automationExecutionId)).toEqual([]);
    await executions.transition(row, 'Running', { automationExecutionId });
    expect(await executions.listByExecutionId(automationExecutionId)).toMatchObject([
      { findingId: row.findingId, attempt: row.attempt, state: 'Running' },
    ]);
  });

  test('listByExecutionId gives all members of a rate-controlled execution, until each has an ID of its own', async () => {
    const stores = create();
    const id = randomUUID();
    const rows = [];
    for (let n = 0; n < 3; n += 1) {
      const { executions, row } = await aRowIn('Starting', stores);
      await executions.transition(row, 'Running', { automationExecutionId: id });
      rows.push(row);
    }
    const [first] = rows;
    if (first) await stores.executions.amend(first, 'Running', { automationExecutionId: randomUUID() });
    const found = await stores.executions.listByExecutionId(id);
    const others = rows.slice(1).map(({ findingId }) => findingId);
    expect(found.map(({ findingId }) => findingId).toSorted()).toEqual(others.toSorted());
  });

  test('a place in a rate-controlled execution is written, and taken away', async () => {
    const { executions, row } = await aRowIn('Deferred', create());
    const batch = { token: 't', parameter: 'GroupId' };
    expect((await executions.begin(row, { batch })).outcome).toBe('claimed');
    expect((await executions.get(row))?.batch).toEqual(batch);
    await executions.transition(row, 'Running', { batch: { ...batch, executionId: 'e' } });
    expect((await executions.get(row))?.batch).toEqual({ ...batch, executionId: 'e' });
    await executions.amend(row, 'Running', {});
    expect((await executions.get(row))?.batch).toBeDefined();
    await executions.amend(row, 'Running', { batch: null });
    expect(await executions.get(row)).not.toHaveProperty('batch');
  });

  test('list gives every attempt at a finding, oldest first, and no others', async () => {
    const { executions, track, remediation, findingId } = await aStory(create());
    for (let episode = 1; episode <= 11; episode += 1) {
      await executions.claim(remediation({}, episode));
      await track('Green', 2 * episode);
      await track('Red', 2 * episode + 1);
    }
    const attempts = (await executions.list(findingId)).map(({ attempt }) => attempt);
    expect(attempts).toHaveLength(11);
    expect(attempts).toEqual(attempts.toSorted());
    expect(await executions.list('nobody')).toEqual([]);
  });

  test('list gives them all, where they are more than one page of DynamoDB', async () => {
    const { executions, track, remediation, findingId } = await aStory(create());
    for (let episode = 1; episode <= 6; episode += 1) {
      await executions.claim(remediation({ stateReason: 'x'.repeat(300_000) }, episode));
      await track('Green', 2 * episode);
      await track('Red', 2 * episode + 1);
    }
    expect(await executions.list(findingId)).toHaveLength(6);
  });

  test('listDue: what is due, oldest first, at most so many; what is not due or over is not in it', async () => {
    const { executions, track, remediation } = await aStory(create());
    eon += 1;
    const at = (minute: number) => new Date(Date.UTC(1990 - eon, 0, 1, 0, minute)).toISOString();
    for (const [index, minute] of [5, 1, 3, 9].entries()) {
      await executions.claim(remediation({ nextActionAt: at(minute) }, index + 1));
      await track('Green', 10 * index + 2);
      await track('Red', 10 * index + 3);
    }
    const due = async (minute: number, limit = 10) =>
      (await executions.listDue(new Date(at(minute)), limit)).map(({ nextActionAt }) => nextActionAt);

    expect(await due(0)).toEqual([]);
    expect(await due(5)).toEqual([at(1), at(3), at(5)]);
    expect(await due(5, 2)).toEqual([at(1), at(3)]);

    await executions.transition(remediation({}, 2), 'Resolved', OVER);
    await executions.amend(remediation({}, 3), 'Starting', { nextActionAt: at(7) });
    await executions.amend(remediation({}, 1), 'Starting', { stateReason: 'still due' });
    expect(await due(5)).toEqual([at(5)]);
    for (const episode of [1, 3, 4]) await executions.transition(remediation({}, episode), 'Resolved', OVER);
    expect(await due(60)).toEqual([]);
  });
});
