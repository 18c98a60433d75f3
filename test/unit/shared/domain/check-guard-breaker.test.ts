import { describe, expect, it } from 'vitest';
import { admit, type CheckGuard, conclude, NO_GUARD, reset } from '../../../../shared/domain/check-guard.ts';
import type { Limits } from '../../../../shared/domain/mapping.ts';

const NOW = new Date('2024-05-13T04:10:02.000Z');
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const at = (seconds: number) => inSeconds(seconds).toISOString();
const a = (changes: Partial<CheckGuard> = {}): CheckGuard => ({ ...NO_GUARD, ...changes });
const ask = (guard: CheckGuard, limits: Limits, changes: Partial<Parameters<typeof admit>[1]> = {}) =>
  admit(guard, { key: 'me', arrival: 'me', limits, now: NOW, ...changes });
const end = (guard: CheckGuard, outcome: 'Succeeded' | 'Failed' | 'Cancelled', limits: Limits, seconds = 0) =>
  conclude(guard, { key: 'me', outcome, limits, now: inSeconds(seconds) });

describe('failureBreaker', () => {
  const failureBreaker = { failures: 2, withinMinutes: 10, trialAfterMinutes: 30 };
  const limits = { failureBreaker };
  const open = a({ breaker: { openedAt: NOW.toISOString() } });

  it.each([
    [{}, 'Failed', false],
    [{ x: at(-1) }, 'Failed', true],
    [{ x: at(-599.999) }, 'Failed', true],
    [{ x: at(-600) }, 'Failed', false],
    [{ me: at(-1) }, 'Failed', false],
    [{ x: at(-1) }, 'Cancelled', false],
    [{ x: at(-1) }, 'Succeeded', false],
  ] as const)('after %j one that %s opens it: %s', (failures, outcome, opens) => {
    const after = end(a({ failures }), outcome, limits);
    expect(after.breaker).toEqual(opens ? { openedAt: NOW.toISOString() } : undefined);
    if (opens) expect(after.failures).toEqual({});
  });

  it('the same failure told twice is one', () => {
    const once = end(NO_GUARD, 'Failed', limits);
    expect(end(once, 'Failed', limits, 5)).toEqual(once);
  });

  it.each([
    [0, undefined, 1800],
    [1799, undefined, 60],
    [1740, undefined, 60],
    [1739.999, undefined, 60.001],
    [1800, undefined, 'admitted'],
    [0, 60, 3600],
    [3599, 60, 60],
    [3600, 60, 'admitted'],
  ] as const)('open for %d s: the next is tried after %s', (seconds, minutes, expected) => {
    const limited = { failureBreaker: { ...failureBreaker, trialAfterMinutes: minutes ?? 30 } };
    const answer = ask(open, limited, { now: inSeconds(seconds) });
    if (answer.admitted) {
      expect(expected).toBe('admitted');
      expect(answer.guard.breaker).toEqual({
        openedAt: NOW.toISOString(),
        trial: { key: 'me', at: at(seconds) },
      });
    } else {
      expect(answer.reason.code).toBe('BREAKER_OPEN');
      expect(answer.until).toEqual(inSeconds(seconds + (expected === 'admitted' ? -1 : expected)));
    }
  });

  it('without a time of its own, after an hour', () => {
    const untimed = { failureBreaker: { failures: 2, withinMinutes: 10 } };
    expect(ask(open, untimed, { now: inSeconds(3599) }).admitted).toBe(false);
    expect(ask(open, untimed, { now: inSeconds(3600) }).admitted).toBe(true);
  });

  const trying = a({ breaker: { openedAt: at(-1800), trial: { key: 'me', at: NOW.toISOString() } } });

  it('one trial at a time, which may be resumed; one of which nothing is heard makes way', () => {
    expect(ask(trying, limits).admitted).toBe(true);
    expect(ask(trying, limits, { key: 'other', arrival: 'other' })).toMatchObject({
      admitted: false,
      until: inSeconds(1800),
    });
    const late = ask(trying, limits, { key: 'other', arrival: 'other', now: inSeconds(1800) });
    expect(late).toMatchObject({ admitted: true, guard: { breaker: { trial: { key: 'other' } } } });
  });

  it.each([
    ['Succeeded', undefined],
    ['Failed', { openedAt: at(7) }],
    ['Cancelled', { openedAt: at(7) }],
  ] as const)('a trial that %s leaves %j', (outcome, breaker) => {
    const after = end(trying, outcome, limits, 7);
    expect(after.breaker).toEqual(breaker);
    // Told twice, it waits no longer.
    expect(end(after, outcome, limits, 9).breaker).toEqual(breaker);
  });

  it('what was started before it opened neither closes it nor moves its trial', () => {
    for (const outcome of ['Succeeded', 'Failed', 'Cancelled'] as const)
      expect(conclude(trying, { key: 'older', outcome, limits, now: inSeconds(9) }).breaker).toEqual(
        trying.breaker,
      );
  });

  it('another limit that holds the trial back leaves it to the next', () => {
    const guard = a({ breaker: { openedAt: at(-1800) }, running: { other: 1 } });
    const answer = ask(guard, { ...limits, maxConcurrent: 1 });
    expect(answer).toMatchObject({ admitted: false, reason: { code: 'CONCURRENCY_LIMIT' } });
    expect(answer.guard.breaker).toEqual({ openedAt: at(-1800) });
  });

  it('a mapping without it is not stopped by what an earlier one opened', () => {
    expect(ask(open, {})).toEqual({ admitted: true, guard: open });
  });

  it('a person closes it', () => {
    expect(reset(a({ ...trying, failures: { x: at(-1) } }))).toEqual(NO_GUARD);
  });
});
