import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coolDownEnd, loopReason, retryAt } from '../../../../shared/domain/history.ts';
import type { Remediation } from '../../../../shared/domain/remediation.ts';
import { attemptKey } from '../../../../shared/domain/remediation.ts';
import { aMapping, aRemediation } from '../../../helpers/findings.ts';

const NOW = new Date('2024-05-13T04:10:02.000Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000).toISOString();
const keyed = (episode: number, attempt = 1) => attemptKey({ findingId: 'f', episode }, attempt);
const waitOf = (attempt: number, retryAfterSeconds: number, findingId = 'f') =>
  retryAt(
    attemptKey({ findingId, episode: 1 }, attempt),
    aMapping({ retryAfterSeconds, maxAttempts: 25 }),
    NOW,
  ).getTime() - NOW.getTime();

describe('retryAt', () => {
  it.each([
    [1, 300, 300],
    [2, 300, 600],
    [3, 300, 1200],
    [8, 300, 38_400],
    [9, 300, 76_800],
    [10, 300, 86_400],
    [25, 86_400, 86_400],
    [1, 1, 1],
  ])('attempt %i, %i s: from half of %i s to the whole of it', (attempt, seconds, whole) => {
    const waits = Array.from({ length: 50 }, (_, n) => waitOf(attempt, seconds, `f${n}`) / 1000);
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(whole * 0.5 - 0.001);
      expect(wait).toBeLessThanOrEqual(whole);
    }
    // What failed together does not come back together.
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(whole * 0.35);
  });

  it('is the same for every replay', () => {
    expect(waitOf(2, 300)).toBe(waitOf(2, 300));
  });

  it('grows from attempt to attempt, never beyond a day (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 86_400 }),
        (attempt, seconds) => {
          const wait = waitOf(attempt, seconds);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(86_400_000);
          // From half of twice the time on, against the whole of it.
          if (seconds * 2 ** attempt <= 86_400)
            expect(waitOf(attempt + 1, seconds)).toBeGreaterThanOrEqual(wait - 1);
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });
});

describe('loopReason', () => {
  const mapping = aMapping({ loop: { times: 2, withinHours: 1 } });
  const round = (episode: number, seconds: number, changes: Partial<Remediation> = {}) =>
    aRemediation({ ...keyed(episode), state: 'Resolved', enteredAt: { Running: at(seconds) }, ...changes });
  const judge = (history: readonly Remediation[], episode = 9) =>
    loopReason(history, mapping, { now: NOW, episode });

  it.each([
    ['none', [], false],
    ['one', [round(1, -1)], false],
    ['two', [round(1, -2), round(2, -1)], true],
    ['two, one of them just within the time', [round(1, -3599.999), round(2, -1)], true],
    ['two, one of them just too long ago', [round(1, -3600), round(2, -1)], false],
    ['two attempts of one episode', [round(1, -2), round(1, -1, keyed(1, 2))], false],
    ['one that was verified', [round(1, -2, { state: 'Verified' }), round(2, -1)], true],
    ['one that is not over', [round(1, -2, { state: 'Failed' }), round(2, -1)], false],
    ['one in which nothing was started', [round(1, -2, { enteredAt: {} }), round(2, -1)], false],
    [
      'one whose end came before its start was written',
      [round(1, -2, { enteredAt: { Starting: at(-3) }, succeededAt: at(-2) }), round(2, -1)],
      true,
    ],
  ] as const)('%s: a loop: %s', (_, history, loops) => {
    expect(judge(history) !== undefined).toBe(loops);
  });

  it('the episode itself is no round of the loop, nor a later one', () => {
    const history = [round(1, -3), round(2, -2), round(3, -1)];
    expect(judge(history, 3)).toBeDefined();
    expect(judge(history, 2)).toBeUndefined();
  });

  it('tells its history', () => {
    expect(judge([round(1, -2), round(2, -1)])).toMatchObject({
      code: 'LOOP_DETECTED',
      sentence: `Something keeps changing it back: remediated 2 times within 1 hours (${at(-2)}, ${at(-1)}), Green and Red again each time.`,
    });
  });
});

describe('coolDownEnd', () => {
  const succeeded = (seconds: number, attempt = 1) =>
    aRemediation({ ...keyed(1, attempt), succeededAt: at(seconds) });
  const judge = (history: readonly Remediation[], coolDownSeconds = 60) =>
    coolDownEnd(history, aMapping({ coolDownSeconds }), NOW)?.toISOString();

  it.each([
    ['nothing has succeeded', [aRemediation()], 60, undefined],
    ['just now', [succeeded(0)], 60, at(60)],
    ['a moment before its end', [succeeded(-59.999)], 60, at(0.001)],
    ['at its end', [succeeded(-60)], 60, undefined],
    ['the newest success counts', [succeeded(-10), succeeded(-50, 2)], 60, at(50)],
    ['without one', [succeeded(0)], 0, undefined],
  ] as const)('%s', (_, history, seconds, expected) => {
    expect(judge(history, seconds)).toBe(expected);
  });
});
