import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCheckStore } from '../../../shared/aws/check-store.ts';
import { createExecutionStore } from '../../../shared/aws/execution-store.ts';
import { findingIdOf, type Status } from '../../../shared/domain/finding.ts';
import { isAllowed, type State, TRANSITIONS } from '../../../shared/domain/lifecycle.ts';
import { attemptKey, clientTokenOf, type Remediation } from '../../../shared/domain/remediation.ts';
import type { CheckStore, ExecutionStore } from '../../../shared/ports.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock, MINUTE } from '../../helpers/fakes.ts';
import { FakeCheckStore, FakeExecutionStore } from '../../helpers/fakes-stores.ts';
import { aFinding } from '../../helpers/findings.ts';

interface Stores {
  readonly checks: CheckStore;
  readonly executions: ExecutionStore;
}

const clock = new FakeClock();
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

function createReal(): Stores {
  const { client, checkTrackerTable, automationExecutionTrackerTable: tableName } = tables;
  return {
    checks: createCheckStore({ client, tableName: checkTrackerTable, clock }),
    executions: createExecutionStore({ client, tableName, checkTrackerTable, clock }),
  };
}

function createFake(): Stores {
  const checks = new FakeCheckStore();
  return { checks, executions: new FakeExecutionStore(checks, clock) };
}

const TARGETS = [
  { target: 'in memory', skip: undefined, create: createFake },
  {
    target: `dynoxide${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`,
    skip: dynoxideMissing,
    create: createReal,
  },
];

const STATES = Object.keys(TRANSITIONS) as State[];
const OVER = { nextActionAt: null } as const;

/** Far in the past, and another for each test, so that what one leaves due is not in another's way. */
let eon = 0;

describe.each(TARGETS)('ExecutionStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  /** A finding of its own that is Red, with what a handler would claim for it. */
  async function aStory() {
    const { checks, executions } = create();
    const resource = `arn:aws:s3:::${randomUUID()}`;
    const findingId = findingIdOf(aFinding({ resource }));
    const track = (status: Status, ms: number) =>
      checks.track(aFinding({ resource, status, observedAt: new Date(ms) }));
    await track('Red', 1);
    const remediation = (changes: Partial<Remediation> = {}, episode = 1): Remediation => {
      const key = attemptKey({ findingId, episode });
      return {
        ...key,
        state: 'Starting',
        stateReason: 'MAPPED: because.',
        checkName: 'check',
        resource,
        account: '012345678901',
        region: 'ap-southeast-2',
        clientToken: clientTokenOf(key),
        document: 'AWS-X',
        parameters: { GroupId: ['sg-1', 'sg-2'] },
        enteredAt: { Starting: clock.now().toISOString() },
        ...changes,
      };
    };
    return { executions, track, remediation, findingId };
  }

  /** The same, claimed, in a state. */
  async function aRowIn(state: State) {
    const story = await aStory();
    const row = story.remediation({ state });
    await story.executions.claim(row);
    return { ...story, row };
  }

  test('a claim puts the row, and gives it back as it was', async () => {
    const { executions, remediation } = await aStory();
    expect(await executions.claim(remediation())).toEqual({ outcome: 'claimed' });
    expect(await executions.get(remediation())).toMatchObject(remediation());
  });

  test('a second claim finds the row that there is, and leaves it', async () => {
    const { executions, remediation } = await aStory();
    await executions.claim(remediation());
    const again = await executions.claim(remediation({ stateReason: 'other', document: 'Other' }));
    expect(again).toMatchObject({ outcome: 'exists', remediation: remediation() });
    expect(await executions.get(remediation())).toMatchObject({ document: 'AWS-X' });
  });

  test('50 claims at once: one is claimed', async () => {
    const { executions, remediation } = await aStory();
    const claims = await Promise.allSettled(
      Array.from({ length: 50 }, () => executions.claim(remediation())),
    );
    const outcomes = claims.map((claim) => (claim.status === 'fulfilled' ? claim.value.outcome : 'retried'));
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes).not.toContain('superseded');
  });

  test('a finding that is Green by now is superseded, whether or not it has a row', async () => {
    const { executions, track, remediation } = await aStory();
    await track('Green', 2);
    expect(await executions.claim(remediation())).toEqual({ outcome: 'superseded' });
    expect(await executions.get(remediation())).toBeUndefined();
  });

  test('an attempt that was made is superseded too, once the finding is Green', async () => {
    const { executions, track, row } = await aRowIn('Running');
    await track('Green', 2);
    expect(await executions.claim(row)).toEqual({ outcome: 'superseded' });
  });

  test('an earlier episode, a later one and a finding that nobody tracked are superseded', async () => {
    const { executions, track, remediation } = await aStory();
    await track('Green', 2);
    await track('Yellow', 3);
    expect(await executions.claim(remediation({}, 1))).toEqual({ outcome: 'superseded' });
    expect(await executions.claim(remediation({}, 3))).toEqual({ outcome: 'superseded' });
    expect(await executions.claim(remediation({}, 2))).toEqual({ outcome: 'claimed' });
    expect(await executions.claim({ ...remediation(), findingId: 'nobody' })).toEqual({
      outcome: 'superseded',
    });
  });

  test('a transition writes state, time and changes', async () => {
    const { executions, row } = await aRowIn('Starting');
    clock.advance(MINUTE);
    const { moved, remediation } = await executions.transition(row, 'Running', {
      opsItemId: 'oi-1',
      automationExecutionId: randomUUID(),
      nextActionAt: '2024-01-01T00:00:00.000Z',
    });
    expect(moved).toBe(true);
    expect(remediation).toMatchObject({
      state: 'Running',
      opsItemId: 'oi-1',
      document: 'AWS-X',
      nextActionAt: '2024-01-01T00:00:00.000Z',
      enteredAt: { ...row.enteredAt, Running: clock.now().toISOString() },
    });
    expect(await executions.get(row)).toEqual(remediation);
    await executions.transition(row, 'Resolved', OVER);
  });

  test.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    '%s to %s: as the table says',
    async (from, to) => {
      const { executions, row } = await aRowIn(from);
      const { moved, remediation } = await executions.transition(row, to, { stateReason: 'new' });
      expect(moved).toBe(isAllowed(from, to));
      expect(remediation).toMatchObject(
        moved ? { state: to, stateReason: 'new' } : { state: from, stateReason: 'MAPPED: because.' },
      );
      expect((await executions.get(row))?.state).toBe(moved ? to : from);
    },
  );

  test('50 transitions at once: one moves the row', async () => {
    const { executions, row } = await aRowIn('Starting');
    const all = await Promise.all(
      Array.from({ length: 50 }, () => executions.transition(row, 'Running', {})),
    );
    expect(all.filter(({ moved }) => moved)).toHaveLength(1);
    expect(all.every(({ remediation }) => remediation.state === 'Running')).toBe(true);
  });

  test('amend changes a row in its state only', async () => {
    const { executions, row } = await aRowIn('Escalated');
    expect(await executions.amend(row, 'Escalated', { opsItemId: 'oi-1' })).toMatchObject({
      moved: true,
      remediation: { state: 'Escalated', opsItemId: 'oi-1' },
    });
    expect(await executions.amend(row, 'Starting', { opsItemId: 'oi-2' })).toMatchObject({
      moved: false,
      remediation: { opsItemId: 'oi-1' },
    });
  });

  test('a row that is gone is a conflict, and is not made by writing to it', async () => {
    const { executions, remediation } = await aStory();
    await expect(executions.transition(remediation(), 'Running', {})).rejects.toMatchObject({
      code: 'LIFECYCLE_CONFLICT',
    });
    await expect(executions.amend(remediation(), 'Running', OVER)).rejects.toMatchObject({
      code: 'LIFECYCLE_CONFLICT',
    });
    expect(await executions.get(remediation())).toBeUndefined();
  });

  test('findByExecutionId finds a row by the ID that it was given', async () => {
    const { executions, row } = await aRowIn('Starting');
    const automationExecutionId = randomUUID();
    expect(await executions.findByExecutionId(automationExecutionId)).toBeUndefined();
    await executions.transition(row, 'Running', { automationExecutionId });
    expect(await executions.findByExecutionId(automationExecutionId)).toMatchObject({
      findingId: row.findingId,
      attempt: row.attempt,
      state: 'Running',
    });
  });

  test('list gives every attempt at a finding, oldest first, and no others', async () => {
    const { executions, track, remediation, findingId } = await aStory();
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
    const { executions, track, remediation, findingId } = await aStory();
    for (let episode = 1; episode <= 6; episode += 1) {
      await executions.claim(remediation({ stateReason: 'x'.repeat(300_000) }, episode));
      await track('Green', 2 * episode);
      await track('Red', 2 * episode + 1);
    }
    expect(await executions.list(findingId)).toHaveLength(6);
  });

  test('listDue: what is due, oldest first, at most so many; what is not due or over is not in it', async () => {
    const { executions, track, remediation } = await aStory();
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
