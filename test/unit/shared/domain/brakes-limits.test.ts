import { describe, expect, it } from 'vitest';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import { decide } from '../../../../shared/domain/decide.ts';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { aMapping, aRemediation, aTrackedFinding, circumstances } from '../../../helpers/findings.ts';

const NOW = circumstances().now;
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const at = (seconds: number) => inSeconds(seconds).toISOString();
const waiting = (changes = {}) =>
  aRemediation({ state: 'Deferred', reasonCode: 'WINDOW_CLOSED', ...changes });
const failed = aRemediation({ state: 'Failed', stateReason: 'RUNBOOK_FAILED: because' });

describe('change calendars', () => {
  const mapping = aMapping({ changeCalendars: ['a', 'b'] });

  it.each([
    ['does not say when it opens', undefined],
    ['says a time that is past', inSeconds(0)],
  ])('a closed one that %s is looked at again in 15 minutes', (_, changesAt) => {
    const calendars = { open: false, ...(changesAt ? { changesAt } : {}) };
    expect(decide(circumstances({ mapping, calendars }))).toMatchObject({
      action: 'defer',
      until: inSeconds(900),
      reason: { code: 'CALENDAR_CLOSED', sentence: expect.stringContaining('a, b') },
    });
  });

  it('one that cannot be read is never open: it waits, and after ten minutes people are told', () => {
    const calendars = new RemediatorError('CALENDAR_UNREADABLE', 'It could not be read.');
    expect(decide(circumstances({ mapping, calendars }))).toMatchObject({
      action: 'defer',
      until: inSeconds(60),
    });
    const current = waiting({ reasonCode: 'CALENDAR_UNREADABLE', reasonSince: at(-600) });
    expect(decide(circumstances({ mapping, calendars, current }))).toMatchObject({
      action: 'notify',
      reason: { code: 'CALENDAR_UNREADABLE', remedy: calendars.remedy },
    });
  });

  it('not asked for at all is a bug, never an open calendar', () => {
    expect(() => decide(circumstances({ mapping }))).toThrow(TypeError);
  });
});

describe('limits', () => {
  const mapping = aMapping({ maxConcurrent: 1, maxPerHour: 1, stopAfter: { findings: 1, withinMinutes: 1 } });

  it('a start counts itself in, under its own key', () => {
    const { findingId } = aTrackedFinding();
    const key = `${findingId} 000001-001`;
    expect(decide(circumstances({ mapping })).guard).toEqual({
      ...NO_GUARD,
      running: { [key]: 1 },
      starts: { [key]: NOW.toISOString() },
      arrivals: { [key]: NOW.toISOString() },
    });
  });

  it('without limits nothing is counted, and nothing is written', () => {
    expect(decide(circumstances())).not.toHaveProperty('guard');
  });

  it('a storm is told with the counters that it leaves', () => {
    const guard = { ...NO_GUARD, arrivals: { other: at(-1) } };
    expect(decide(circumstances({ mapping, guard }))).toMatchObject({
      action: 'defer',
      storm: true,
      arrived: true,
      guard: { arrivals: {}, storm: { openedAt: NOW.toISOString() } },
    });
  });

  it.each([
    ['that arrived before', { current: waiting({ arrived: true }) }],
    ['whose first attempt did', { attempt: 2, history: [failed] }],
  ])('an attempt %s does not arrive again', (_, changes) => {
    const guard = { ...NO_GUARD, arrivals: { other: at(-1) } };
    const decision = decide(circumstances({ mapping, guard, ...changes }));
    expect(decision.action).toBe('start');
    expect(decision.guard?.arrivals).toEqual({ other: at(-1) });
  });
});
