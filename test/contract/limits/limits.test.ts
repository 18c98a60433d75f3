import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jitterOf } from '../../../shared/domain/jitter.ts';
import { closeExecution } from '../../../shared/use-cases/close-execution.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { MINUTE } from '../../helpers/fakes.ts';
import type { FakeExecution } from '../../helpers/fakes-systems-manager.ts';
import { Check } from './handlers.ts';
import { VirtualClock } from './virtual-clock.ts';

// What a mapping limits is limited whoever asks at the same time: 50 handlers, each with adapters of its own, on DynamoDB.
// None of them may throw: Promise.all would tell.

const HANDLERS = 50;
/** Where nothing is limited: enough to be in each other's way. */
const FEW = 25;
/** What a call of DynamoDB takes, on average. */
const LATENCY_MS = 10;
/** What a handler needs that no other is in the way of; two calls more where it is cold. */
const CALLS = 4;

let tables: TestTables;
let clock: VirtualClock;
let calls = 0;
beforeAll(async () => {
  if (dynoxideMissing) return;
  tables = await startTables();
  tables.client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      await clock.sleep(LATENCY_MS * (0.5 + jitterOf(`${calls}`)));
      return clock.during(() => next(args));
    },
    { step: 'finalizeRequest' },
  );
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});
beforeEach(() => {
  clock = new VirtualClock();
});

/** DynamoDB calls a handler, and the time that all of them take together. */
async function measure<Result>(run: () => Promise<Result>, handlers = HANDLERS) {
  const [before, began] = [calls, clock.now().getTime()];
  const result = await run();
  return { result, callsEach: (calls - before) / handlers, ms: clock.now().getTime() - began };
}

/** A check with a mapping, which its handlers have read before. */
async function aCheck(row: Readonly<Record<string, unknown>>): Promise<Check> {
  const check = new Check(tables, clock);
  await check.map(row);
  await check.warm();
  return check;
}

/** Handles findings of a check, each in a handler of its own, at once. */
async function atOnce(check: Check, handlers = HANDLERS) {
  const findings = await check.findings(handlers);
  const { result: outcomes, ...measured } = await measure(() => check.handle(findings), handlers);
  expect(measured.ms).toBeLessThan(10_000);
  return { findings, outcomes, ...measured };
}

const guardOf = async (check: Check) =>
  (await check.handler().guards.read(check.name, { account: '012345678901', region: 'us-east-1' })).guard;

const countOf = <Value>(values: readonly Value[], wanted: Value) =>
  values.filter((value) => value === wanted).length;

const endOf = ({ id, status, account, region }: FakeExecution) => ({
  automationExecutionId: id,
  status,
  account,
  region,
});

describe.skipIf(dynoxideMissing)(
  `many handlers at once${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`,
  () => {
    it('without a limit all start, and nobody is in the way of another', async () => {
      const check = new Check(tables, clock);
      await check.map({});
      const { outcomes, callsEach } = await atOnce(check, FEW);
      expect(countOf(outcomes, 'started')).toBe(FEW);
      expect(check.runbooks.executions).toHaveLength(FEW);
      expect(callsEach).toBe(CALLS + 2);
    });

    it('maxConcurrent 5: exactly five start, the others wait', async () => {
      const check = await aCheck({ maxConcurrent: 5 });
      const { findings, outcomes, callsEach } = await atOnce(check);
      expect(countOf(outcomes, 'started')).toBe(5);
      expect(countOf(outcomes, 'deferred')).toBe(45);
      expect(check.runbooks.executions).toHaveLength(5);
      const rows = await check.rowsOf(findings);
      const waiting = rows.filter(({ state }) => state === 'Deferred');
      expect(waiting.map(({ reasonCode }) => reasonCode)).toEqual(Array(45).fill('CONCURRENCY_LIMIT'));
      expect(Object.keys((await guardOf(check)).running)).toHaveLength(5);
      expect(callsEach).toBeLessThan(2.5 * CALLS);
    });

    it('maxPerHour 7: exactly seven start', async () => {
      const check = await aCheck({ maxPerHour: 7 });
      const { findings, outcomes, callsEach } = await atOnce(check);
      expect(countOf(outcomes, 'started')).toBe(7);
      expect(check.runbooks.executions).toHaveLength(7);
      const reasons = (await check.rowsOf(findings)).map(({ reasonCode }) => reasonCode);
      expect(countOf(reasons, 'HOURLY_LIMIT')).toBe(43);
      expect(callsEach).toBeLessThan(2.5 * CALLS);
    });

    it('stopAfter 10: ten start, and the storm of the others has one OpsItem', async () => {
      const check = await aCheck({ stopAfter: { findings: 10, withinMinutes: 60 } });
      const { findings, callsEach } = await atOnce(check);
      expect(check.runbooks.executions).toHaveLength(10);
      const rows = await check.rowsOf(findings);
      const stopped = rows.filter(({ reasonCode }) => reasonCode === 'STORM_STOPPED');
      expect(stopped).toHaveLength(40);
      expect(new Set(stopped.map(({ opsItemId }) => opsItemId)).size).toBe(1);
      expect(stopped.every(({ sharesOpsItem }) => sharesOpsItem)).toBe(true);
      expect(check.opsItems.all).toHaveLength(11);
      expect(callsEach).toBeLessThan(2.5 * CALLS);
    });

    it('a failure breaker lets exactly one try, and closes when that one succeeds', async () => {
      const failureBreaker = { failures: 1, withinMinutes: 60, trialAfterMinutes: 30 };
      const check = await aCheck({ failureBreaker, maxAttempts: 1 });
      await check.handle(await check.findings(1));
      await closeExecution(check.handler(), endOf(check.runbooks.finish('Failed')));
      expect(await check.handle(await check.findings(2))).toEqual(['deferred', 'deferred']);

      clock.advance(31 * MINUTE);
      const outcomes = await check.handle(await check.findings(HANDLERS));
      expect(countOf(outcomes, 'started')).toBe(1);
      const [, trial, ...others] = check.runbooks.executions;
      expect(others).toEqual([]);

      const end = endOf(check.runbooks.finish('Success', { id: trial?.id ?? 'none' }));
      expect(await closeExecution(check.handler(), end)).toBe('resolved');
      expect(await check.handle(await check.findings(2))).toEqual(['started', 'started']);
    });

    it('a slot for everybody: all start, and at their ends, all at once, every slot is given back', async () => {
      const check = await aCheck({ maxConcurrent: FEW });
      const { callsEach } = await atOnce(check, FEW);
      expect(check.runbooks.executions).toHaveLength(FEW);
      expect(Object.keys((await guardOf(check)).running)).toHaveLength(FEW);
      expect(callsEach).toBeLessThan(4 * CALLS);

      const ends = check.runbooks.executions.map(({ id }) => endOf(check.runbooks.finish('Success', { id })));
      const closed = await measure(
        () => Promise.all(ends.map((end) => closeExecution(check.handler(), end))),
        FEW,
      );
      expect(countOf(closed.result, 'resolved')).toBe(FEW);
      expect((await guardOf(check)).running).toEqual({});
      expect(closed.callsEach).toBeLessThan(4 * CALLS);
      expect(closed.ms).toBeLessThan(10_000);
    });

    it('records that are delivered ten times at once start once, and take one slot', async () => {
      const check = await aCheck({ maxConcurrent: 5 });
      const findings = await check.findings(5);
      await check.handle(Array.from({ length: 10 }, () => findings).flat());
      expect(check.runbooks.executions).toHaveLength(5);
      expect(check.opsItems.all).toHaveLength(5);
      expect(Object.values((await guardOf(check)).running)).toEqual([1, 1, 1, 1, 1]);
    });
  },
);
