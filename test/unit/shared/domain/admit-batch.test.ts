import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admitBatch,
  type BatchRequest,
  concludeBatch,
  slotsFor,
} from '../../../../shared/domain/admit-batch.ts';
import { admit, type CheckGuard, NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { Limits } from '../../../../shared/domain/mapping.ts';

const NOW = new Date('2024-05-13T04:10:02.000Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toISOString();
const PLACE = { account: '012345678901', region: 'us-east-1' };
const keysOf = (count: number) => Array.from({ length: count }, (_, n) => `k${n + 1}`);
const held = (slots: number) => ({ slots, since: at(-1), ...PLACE });

function ask(
  before: Partial<CheckGuard>,
  limits: Limits,
  count: number,
  changes: Partial<BatchRequest> = {},
) {
  return admitBatch(
    { ...NO_GUARD, ...before },
    {
      token: 't',
      members: keysOf(count).map((key) => ({ key, arrival: key })),
      sharers: 1,
      place: PLACE,
      limits,
      now: NOW,
      ...changes,
    },
  );
}

describe('without limits', () => {
  it('all are admitted, and nothing is counted', () => {
    expect(ask({}, {}, 3)).toEqual({
      admitted: true,
      keys: new Set(keysOf(3)),
      slots: undefined,
      guard: NO_GUARD,
    });
  });

  it('nobody is a mistake', () => {
    expect(() => ask({}, {}, 0)).toThrow(TypeError);
  });
});

describe('maxConcurrent', () => {
  it.each([
    ['all slots, where none follows', {}, 8, 1, 8],
    ['no more than there are members', {}, 2, 1, 2],
    ['what single ones leave', { running: { a: 1, b: 1 } }, 8, 1, 6],
    ['what others that start together leave', { batches: { x: held(5) } }, 8, 1, 3],
    ['half of them, where one follows', {}, 8, 2, 4],
    ['a quarter of them, where many follow', {}, 8, 30, 2],
    ['what is left of a share', { running: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 } }, 8, 2, 1],
  ] as const)('gives %s', (_, before, count, sharers, slots) => {
    const admission = ask(before, { maxConcurrent: 8 }, count, { sharers });
    expect(admission).toMatchObject({
      admitted: true,
      slots,
      guard: { batches: { t: { slots, since: NOW.toISOString(), ...PLACE } } },
    });
  });

  it('admits none where none is free', () => {
    const before = { running: { a: 1 }, batches: { x: held(2) } };
    expect(ask(before, { maxConcurrent: 3 }, 2)).toMatchObject({
      admitted: false,
      reason: { code: 'CONCURRENCY_LIMIT', sentence: expect.stringContaining('3 remediations') },
    });
    const alone = { key: 'me', limits: { maxConcurrent: 3 }, now: NOW };
    expect(admit({ ...NO_GUARD, ...before }, alone)).toMatchObject({ admitted: false });
  });

  it.each([
    ['half of the share is free', { batches: { x: held(98) } }, 30, false],
    ['half of the share is free, and more', { batches: { x: held(87) } }, 30, true],
    ['nothing that starts together is to end', { running: { a: 99 } }, 30, true],
  ])('is worth a start where %s', (_, before, sharers, expected) => {
    const free = slotsFor({ ...NO_GUARD, ...before }, { maxConcurrent: 100 }, sharers);
    expect(free?.isWorthwhile).toBe(expected);
  });

  it('gives the slots back, once', () => {
    const admission = ask({ batches: { x: held(1) } }, { maxConcurrent: 5 }, 3);
    const after = concludeBatch(admission.guard, 't');
    expect(after.batches).toEqual({ x: held(1) });
    expect(concludeBatch(after, 't')).toBe(after);
    expect(concludeBatch(NO_GUARD, 't')).toBe(NO_GUARD);
  });
});

describe('maxPerHour', () => {
  it('admits as many as are left, and counts each', () => {
    const before = { starts: { a: at(-59), b: at(-61) } };
    const admission = ask(before, { maxPerHour: 3 }, 5);
    expect(admission).toMatchObject({ admitted: true, keys: new Set(['k1', 'k2']) });
    expect(admission.guard.starts).toEqual({ a: at(-59), k1: at(0), k2: at(0) });
  });

  it('counts one once, that was counted already', () => {
    const before = { starts: { k2: at(-1), a: at(-1) } };
    const admission = ask(before, { maxPerHour: 3 }, 3);
    expect(admission).toMatchObject({ admitted: true, keys: new Set(['k2', 'k1']) });
    expect(Object.keys(admission.guard.starts)).toHaveLength(3);
  });

  it('admits none where none is left', () => {
    expect(ask({ starts: { a: at(-1) } }, { maxPerHour: 1 }, 2)).toMatchObject({
      admitted: false,
      reason: { code: 'HOURLY_LIMIT' },
    });
  });
});

describe('breakers', () => {
  const stopAfter = { findings: 3, withinMinutes: 10 };
  const failureBreaker = { failures: 1, withinMinutes: 10, trialAfterMinutes: 5 };

  it('more arrivals than stopAfter open it, and none starts', () => {
    const admission = ask({}, { stopAfter, maxConcurrent: 9 }, 4);
    expect(admission).toMatchObject({ admitted: false, storm: true, reason: { code: 'STORM_STOPPED' } });
    expect(admission.guard).toMatchObject({ storm: { openedAt: NOW.toISOString() } });
    expect(admission.guard.batches).toBeUndefined();
  });

  it('as many as stopAfter allows are counted', () => {
    const admission = ask({}, { stopAfter }, 3);
    expect(admission.admitted).toBe(true);
    expect(Object.keys(admission.guard.arrivals)).toEqual(keysOf(3));
  });

  it('those that were counted before arrive no more', () => {
    const members = keysOf(5).map((key) => ({ key }));
    expect(ask({}, { stopAfter }, 5, { members }).admitted).toBe(true);
  });

  it.each([0, -6])(
    'an open breaker admits none, and its trial is not many (open since minute %i)',
    (minute) => {
      const admission = ask({ breaker: { openedAt: at(minute) } }, { failureBreaker }, 2);
      expect(admission).toMatchObject({ admitted: false, reason: { code: 'BREAKER_OPEN' } });
      expect(admission.guard.breaker).toEqual({ openedAt: at(minute) });
    },
  );
});

it('never more slots than maxConcurrent, never more starts than maxPerHour, whatever comes (property)', () => {
  const number = (max: number) => fc.integer({ min: 1, max });
  const step = fc.record({
    size: number(40),
    sharers: number(6),
    alone: fc.boolean(),
    ends: fc.boolean(),
    minutes: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(
      number(30),
      number(60),
      fc.array(step, { maxLength: 25 }),
      (maxConcurrent, maxPerHour, steps) => {
        const limits = { maxConcurrent, maxPerHour };
        let guard: CheckGuard = NO_GUARD;
        let now = NOW;
        const started: number[] = [];
        for (const [index, { size, sharers, alone, ends, minutes }] of steps.entries()) {
          now = new Date(now.getTime() + minutes * 60_000);
          const [oldest] = Object.keys(guard.batches ?? {});
          if (ends && oldest) guard = concludeBatch(guard, oldest);
          const members = keysOf(alone ? 1 : size).map((key) => ({ key: `${index} ${key}` }));
          const [first] = members;
          let count = 0;
          if (alone) {
            const admission = admit(guard, { key: first?.key ?? '', limits, now });
            guard = admission.guard;
            count = admission.admitted ? 1 : 0;
          } else {
            const request = { token: `t${index}`, members, sharers, place: PLACE, limits, now };
            const admission = admitBatch(guard, request);
            guard = admission.guard;
            count = admission.admitted ? admission.keys.size : 0;
          }
          started.push(...Array<number>(count).fill(now.getTime()));
          const running = Object.values(guard.running).reduce((sum, each) => sum + each, 0);
          const inBatches = Object.values(guard.batches ?? {}).reduce((sum, { slots }) => sum + slots, 0);
          expect(running + inBatches).toBeLessThanOrEqual(maxConcurrent);
          const lately = started.filter((time) => time > now.getTime() - 3_600_000);
          expect(lately.length).toBeLessThanOrEqual(maxPerHour);
        }
      },
    ),
  );
});
