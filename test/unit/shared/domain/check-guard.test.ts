import fc from 'fast-check';
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

describe('without limits', () => {
  it('everything is admitted, and nothing counted', () => {
    expect(ask(NO_GUARD, {})).toEqual({ admitted: true, guard: NO_GUARD });
    expect(end(NO_GUARD, 'Failed', {})).toEqual(NO_GUARD);
  });
});

describe('maxConcurrent', () => {
  it.each([
    [{}, 1, true],
    [{ other: 1 }, 1, false],
    [{ other: 1 }, 2, true],
    [{ a: 1, b: 1 }, 2, false],
    // Asked twice it is counted once.
    [{ me: 1 }, 1, true],
    [{ me: 1, other: 1 }, 2, true],
  ] as const)('%j under way, %i allowed: %s', (running, maxConcurrent, admitted) => {
    const answer = ask(a({ running }), { maxConcurrent });
    expect(answer.admitted).toBe(admitted);
    if (answer.admitted) expect(answer.guard.running).toEqual({ ...running, me: 1 });
    else
      expect(answer).toMatchObject({
        reason: {
          code: 'CONCURRENCY_LIMIT',
          sentence: expect.stringContaining(`limit is ${maxConcurrent}.`),
        },
        until: inSeconds(60),
        guard: { running },
      });
  });

  it('an end frees its slot, whatever the end, and twice no other', () => {
    const guard = a({ running: { me: 2, other: 1 } });
    for (const outcome of ['Succeeded', 'Failed', 'Cancelled'] as const) {
      const once = end(guard, outcome, { maxConcurrent: 3 });
      expect(once.running).toEqual({ other: 1 });
      expect(end(once, outcome, { maxConcurrent: 3 })).toEqual(once);
    }
  });
});

describe('maxPerHour', () => {
  it.each([
    [{}, 1, true, undefined],
    [{ x: at(-3599.999) }, 1, false, 60],
    [{ x: at(-3600) }, 1, true, undefined],
    [{ x: at(-1800) }, 1, false, 1800],
    [{ x: at(-1800), y: at(-600) }, 2, false, 1800],
    [{ x: at(-1800), y: at(-600) }, 3, true, undefined],
    [{ x: at(-3600), y: at(-600) }, 2, true, undefined],
    // Its own earlier try is no other start.
    [{ me: at(-1800) }, 1, true, undefined],
    [{ me: at(-1800), x: at(-600) }, 1, false, 3000],
  ] as const)('%j, %i an hour: %s', (starts, maxPerHour, admitted, seconds) => {
    const answer = ask(a({ starts }), { maxPerHour });
    expect(answer.admitted).toBe(admitted);
    if (answer.admitted) expect(answer.guard.starts).toMatchObject({ me: NOW.toISOString() });
    else
      expect(answer).toMatchObject({
        reason: { code: 'HOURLY_LIMIT' },
        until: inSeconds(seconds ?? 0),
        guard: { starts },
      });
  });

  it('what is older than an hour is not kept', () => {
    const answer = ask(a({ starts: { x: at(-3600), y: at(-1) } }), { maxPerHour: 2 });
    expect(answer.guard.starts).toEqual({ y: at(-1), me: NOW.toISOString() });
  });

  it('the hour slides: in none of them are there more (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (gaps, maxPerHour) => {
          let guard = NO_GUARD;
          let seconds = 0;
          const starts: number[] = [];
          for (const [index, gap] of gaps.entries()) {
            seconds += gap;
            const answer = ask(guard, { maxPerHour }, { key: `k${index}`, now: inSeconds(seconds) });
            guard = answer.guard;
            if (answer.admitted) starts.push(seconds);
          }
          for (const start of starts)
            expect(starts.filter((each) => each >= start && each < start + 3600).length).toBeLessThanOrEqual(
              maxPerHour,
            );
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });
});

describe('stopAfter', () => {
  const limits = { stopAfter: { findings: 2, withinMinutes: 10 } };

  it.each([
    [{}, false],
    [{ x: at(-1) }, false],
    [{ x: at(-1), y: at(-2) }, true],
    [{ x: at(-1), y: at(-599.999) }, true],
    [{ x: at(-1), y: at(-600) }, false],
    // One that is known does not arrive again.
    [{ x: at(-1), me: at(-2) }, false],
  ] as const)('after %j another one is a storm: %s', (arrivals, storm) => {
    const answer = ask(a({ arrivals }), limits);
    expect(answer.admitted).toBe(!storm);
    if (answer.admitted) expect(Object.keys(answer.guard.arrivals)).toContain('me');
    else
      expect(answer).toMatchObject({
        reason: {
          code: 'STORM_STOPPED',
          sentence: expect.stringContaining('more than 2 findings within 10 minutes'),
          remedy: expect.stringContaining('"resume"'),
        },
        until: inSeconds(60),
        storm: true,
        guard: { arrivals: {}, storm: { openedAt: NOW.toISOString() } },
      });
  });

  it('one that was counted before its row was written down brings no storm about', () => {
    const guard = a({ arrivals: { x: at(-1), y: at(-2) } });
    expect(ask(guard, limits, { arrival: undefined })).toEqual({ admitted: true, guard });
  });

  it('stays open however long, for whoever asks, and after the mapping has lost its limit', () => {
    const guard = a({ storm: { openedAt: at(-86_400 * 30) } });
    for (const each of [limits, {}]) {
      const answer = ask(guard, each, { arrival: undefined });
      expect(answer).toMatchObject({ admitted: false, storm: true, reason: { code: 'STORM_STOPPED' } });
      expect(answer.guard).toBe(guard);
    }
  });

  it('a person closes it, and what arrived before is forgotten', () => {
    const guard = a({ arrivals: { x: at(-1) }, storm: { openedAt: at(-1) }, running: { x: 1 } });
    expect(reset(guard)).toEqual(a({ running: { x: 1 } }));
    expect(ask(reset(guard), limits).admitted).toBe(true);
  });
});
