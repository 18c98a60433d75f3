import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAllowed, STATES, statesBefore } from '../../../shared/domain/lifecycle.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock, MINUTE } from '../../helpers/fakes.ts';
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

describe.each(TARGETS)('ExecutionStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  test('a claim puts the row, and gives it back as it was', async () => {
    const { executions, remediation } = await aStory(create());
    expect(await executions.claim(remediation())).toEqual({ outcome: 'claimed' });
    expect(await executions.get(remediation())).toMatchObject(remediation());
  });

  test('a second claim finds the row that there is, and leaves it', async () => {
    const { executions, remediation } = await aStory(create());
    await executions.claim(remediation());
    const again = await executions.claim(remediation({ stateReason: 'other', document: 'Other' }));
    expect(again).toMatchObject({ outcome: 'exists', remediation: remediation() });
    expect(await executions.get(remediation())).toMatchObject({ document: 'AWS-X' });
  });

  test('50 claims at once: one is claimed', async () => {
    const { executions, remediation } = await aStory(create());
    const claims = await Promise.allSettled(
      Array.from({ length: 50 }, () => executions.claim(remediation())),
    );
    const outcomes = claims.map((claim) => (claim.status === 'fulfilled' ? claim.value.outcome : 'retried'));
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes).not.toContain('superseded');
  });

  test('a finding that is Green by now is superseded, whether or not it has a row', async () => {
    const { executions, track, remediation } = await aStory(create());
    await track('Green', 2);
    expect(await executions.claim(remediation())).toEqual({ outcome: 'superseded' });
    expect(await executions.get(remediation())).toBeUndefined();
  });

  test('an attempt that was made is superseded too, once the finding is Green', async () => {
    const { executions, track, row } = await aRowIn('Running', create());
    await track('Green', 2);
    expect(await executions.claim(row)).toEqual({ outcome: 'superseded' });
  });

  test('an earlier episode, a later one and a finding that nobody tracked are superseded', async () => {
    const { executions, track, remediation } = await aStory(create());
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
    const { executions, row } = await aRowIn('Starting', create());
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
      const { executions, row } = await aRowIn(from, create());
      const move = executions.transition(row, to, { stateReason: 'new' });
      if (isAllowed(from, to)) {
        const remediation = { state: to, stateReason: 'new' };
        expect(await move).toMatchObject({ moved: true, remediation });
      } else {
        await expect(move).rejects.toMatchObject({
          code: 'TRANSITION_ILLEGAL',
          message: expect.stringContaining(`from ${from} to ${to}`),
        });
      }
      expect((await executions.get(row))?.state).toBe(isAllowed(from, to) ? to : from);
    },
  );

  test.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    'in %s by now, and to be moved to %s by somebody who read it earlier: as the table says',
    async (from, to) => {
      const [before] = statesBefore(to);
      if (before === undefined) throw new Error(`Nothing leads to ${to}`);
      const { executions, row } = await aRowIn(from, create());
      const { moved, remediation } = await executions.transition({ ...row, state: before }, to, {});
      expect(moved).toBe(isAllowed(from, to));
      expect(remediation.state).toBe(moved ? to : from);
      expect((await executions.get(row))?.state).toBe(moved ? to : from);
    },
  );

  test('50 transitions at once: one moves the row', async () => {
    const { executions, row } = await aRowIn('Starting', create());
    const all = await Promise.all(
      Array.from({ length: 50 }, () => executions.transition(row, 'Running', {})),
    );
    expect(all.filter(({ moved }) => moved)).toHaveLength(1);
    expect(all.every(({ remediation }) => remediation.state === 'Running')).toBe(true);
  });

  test('amend changes a row in its state only', async () => {
    const { executions, row } = await aRowIn('Escalated', create());
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
    const { executions, remediation } = await aStory(create());
    await expect(executions.transition(remediation(), 'Running', {})).rejects.toMatchObject({
      code: 'LIFECYCLE_CONFLICT',
    });
    await expect(executions.amend(remediation(), 'Running', OVER)).rejects.toMatchObject({
      code: 'LIFECYCLE_CONFLICT',
    });
    expect(await executions.get(remediation())).toBeUndefined();
  });
});
