import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckGuard, NO_GUARD } from '../../../shared/domain/check-guard.ts';
import { isWaiting, STATES } from '../../../shared/domain/lifecycle.ts';
import type { Remediation } from '../../../shared/domain/remediation.ts';
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
const PLACE = { account: '012345678901', region: 'ap-southeast-2' };

/** Counters in which one attempt is under way. */
const counting = (key: string, before: CheckGuard = NO_GUARD): CheckGuard => ({
  ...before,
  running: { ...before.running, [key]: 1 },
});

describe.each(TARGETS)('ExecutionStore, claims and counters: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  test('a claim without counters leaves the counters alone', async () => {
    const { executions, guards, remediation } = await aStory(create());
    await executions.claim(remediation());
    expect(await guards.read(remediation().checkName, PLACE)).toEqual({ guard: NO_GUARD });
  });

  test('a claim writes row and counters together', async () => {
    const { executions, guards, remediation } = await aStory(create());
    const { checkName } = remediation();
    expect(await executions.claim(remediation(), counting('a'))).toEqual({ outcome: 'claimed' });
    const { guard } = await guards.read(checkName, PLACE);
    expect(guard).toEqual({ ...counting('a'), version: 1 });
  });

  test('counters that moved meanwhile are contended, and then there is no row either', async () => {
    const { executions, guards, remediation } = await aStory(create());
    const { checkName } = remediation();
    expect(await guards.write(checkName, counting('other'))).toBe(true);
    expect(await executions.claim(remediation(), counting('a'))).toEqual({ outcome: 'contended' });
    expect(await executions.get(remediation())).toBeUndefined();
    const { guard } = await guards.read(checkName, PLACE);
    expect(guard).toEqual({ ...counting('other'), version: 1 });

    expect(await executions.claim(remediation(), counting('a', guard))).toEqual({ outcome: 'claimed' });
    expect((await guards.read(checkName, PLACE)).guard.running).toEqual({ other: 1, a: 1 });
  });

  test('a row that is there, or a finding that is Green, leaves the counters as they were', async () => {
    const { executions, guards, track, row } = await aRowIn('Running', create());
    expect(await executions.claim(row, counting('a'))).toMatchObject({ outcome: 'exists' });
    await track('Green', 2);
    expect(await executions.claim(row, counting('a'))).toEqual({ outcome: 'superseded' });
    expect((await guards.read(row.checkName, PLACE)).guard).toEqual(NO_GUARD);
  });

  test('ten claims at once on the same counters: one is claimed, nine begin anew', async () => {
    const stores = create();
    const checkName = randomUUID();
    const stories = await Promise.all(Array.from({ length: 10 }, () => aStory(stores)));
    const claims = await Promise.all(
      stories.map(({ executions, remediation, findingId }) =>
        executions.claim(remediation({ checkName }), counting(findingId)),
      ),
    );
    const outcomes = claims.map(({ outcome }) => outcome).toSorted();
    expect(outcomes).toEqual(['claimed', ...Array.from({ length: 9 }, () => 'contended')]);
    const rows = await Promise.all(
      stories.map(({ executions, remediation }) => executions.get(remediation())),
    );
    const [claimed, ...others] = rows.filter((row) => row !== undefined);
    expect(others).toEqual([]);
    const { guard } = await stores.guards.read(checkName, PLACE);
    expect(guard).toEqual({ ...counting(String(claimed?.findingId)), version: 1 });
  });

  test.each(STATES)('%s: begins only where it waits', async (state) => {
    const { executions, guards, row } = await aRowIn(state, create());
    clock.advance(MINUTE);
    const claim = await executions.begin(row, { reasonCode: 'NEW' }, counting('a'));
    const there = await executions.get(row);
    if (isWaiting(state)) {
      expect(claim).toEqual({ outcome: 'claimed' });
      expect(there).toMatchObject({
        state: 'Starting',
        reasonCode: 'NEW',
        enteredAt: { Starting: clock.now().toISOString() },
      });
    } else {
      expect(claim).toMatchObject({ outcome: 'exists', remediation: { state, reasonCode: 'MAPPED' } });
      expect(there).toMatchObject({ state, reasonCode: 'MAPPED' });
    }
    expect((await guards.read(row.checkName, PLACE)).guard.running).toEqual(isWaiting(state) ? { a: 1 } : {});
  });

  test('begins only while the finding is Red or Yellow in this episode', async () => {
    const { executions, guards, track, row } = await aRowIn('Deferred', create());
    await track('Green', 2);
    expect(await executions.begin(row, {}, counting('a'))).toEqual({ outcome: 'superseded' });
    await track('Red', 3);
    expect(await executions.begin(row, {}, counting('a'))).toEqual({ outcome: 'superseded' });
    expect(await executions.get(row)).toMatchObject({ state: 'Deferred' });
    expect((await guards.read(row.checkName, PLACE)).guard).toEqual(NO_GUARD);
  });

  test('begins from Yellow too', async () => {
    const { executions, track, row } = await aRowIn('Deferred', create());
    await track('Yellow', 2);
    expect(await executions.begin(row, {})).toEqual({ outcome: 'claimed' });
  });

  test('a beginning on counters that moved is contended, and the row waits as before', async () => {
    const { executions, guards, row } = await aRowIn('Deferred', create());
    await guards.write(row.checkName, counting('other'));
    expect(await executions.begin(row, { reasonCode: 'NEW' }, counting('a'))).toEqual({
      outcome: 'contended',
    });
    expect(await executions.get(row)).toEqual(row);
    expect((await guards.read(row.checkName, PLACE)).guard.running).toEqual({ other: 1 });
  });

  test('a row that is gone does not begin, and counts nothing', async () => {
    const { executions, guards, remediation } = await aStory(create());
    const begin = executions.begin(remediation({ state: 'Deferred' }), {}, counting('a'));
    await expect(begin).rejects.toMatchObject({ code: 'LIFECYCLE_CONFLICT' });
    expect(await executions.get(remediation())).toBeUndefined();
    expect((await guards.read(remediation().checkName, PLACE)).guard).toEqual(NO_GUARD);
  });

  test('beginnings of one row at once: one begins, and is counted once', async () => {
    const { executions, guards, row } = await aRowIn('Deferred', create());
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => executions.begin(row, {}, counting('a'))),
    );
    expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    expect((await guards.read(row.checkName, PLACE)).guard.version).toBe(1);
  });
});

describe.each(TARGETS)('ExecutionStore, what a row holds: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  const POLICY = {
    maxAttempts: 3,
    retryAfterSeconds: 300,
    coolDownSeconds: 0,
    resolveOn: 'verification',
    verifyWithinHours: 24,
    onStillRed: 'rollback',
    maxConcurrent: undefined,
    stopAfter: { findings: 10, withinMinutes: 60 },
    failureBreaker: { failures: 3, withinMinutes: 60, trialAfterMinutes: undefined },
    opsItem: { severity: undefined, data: { team: 'web', empty: '' } },
    rollback: { document: 'AWS-Undo', parameters: '{"A": ["$outputs.x.Y"]}', regexPattern: '.*' },
  } as const satisfies Remediation['policy'];
  const APPROVAL = { by: 'arn:aws:sts::012345678901:assumed-role/R/me', at: '2024-01-01T00:00:00Z', of: 'd' };

  test('policy and approval survive a claim, and what is undefined in them is not there', async () => {
    const { executions, remediation } = await aStory(create());
    const row = remediation({ state: 'AwaitingApproval', policy: POLICY, approval: APPROVAL });
    await executions.claim(row);
    const there = await executions.get(row);
    expect(there).toMatchObject({ policy: JSON.parse(JSON.stringify(POLICY)), approval: APPROVAL });
    expect(there?.policy?.maxConcurrent).toBeUndefined();
  });

  test('and a beginning, a transition, and an amendment', async () => {
    const { executions, row } = await aRowIn('Deferred', create());
    await executions.amend(row, 'Deferred', { approval: APPROVAL, parameters: { A: [], B: [''] } });
    await executions.begin(row, { policy: POLICY });
    await executions.transition(row, 'Running', { policy: { ...POLICY, maxAttempts: 4 } });
    expect(await executions.get(row)).toMatchObject({
      state: 'Running',
      approval: APPROVAL,
      parameters: { A: [], B: [''] },
      policy: { ...JSON.parse(JSON.stringify(POLICY)), maxAttempts: 4 },
    });
  });

  test('what a change leaves out, or leaves undefined, stays', async () => {
    const { executions, row } = await aRowIn('Deferred', create(), { approval: APPROVAL });
    const changes = { reasonCode: 'NEW', opsItemId: undefined } as unknown as { reasonCode: string }; // as spreads make it
    await executions.amend(row, 'Deferred', { opsItemId: 'oi-1' });
    await executions.amend(row, 'Deferred', changes);
    expect(await executions.get(row)).toMatchObject({
      reasonCode: 'NEW',
      opsItemId: 'oi-1',
      approval: APPROVAL,
    });
  });
});
