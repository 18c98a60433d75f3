import { describe, expect, it } from 'vitest';
import { startSchedule } from '../../../../local/functions/scheduler.ts';
import type { ScheduleDefinition } from '../../../../local/service-definition/service-definition.ts';
import { ManualClock } from '../../../helpers/local-clocks.ts';
import { countingIds, fixtureFunction } from '../../../helpers/local-functions.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function start(changes: Partial<ScheduleDefinition> = {}) {
  const clock = new ManualClock();
  const closing = new AbortController();
  const events: unknown[] = [];
  const schedule: ScheduleDefinition = {
    name: 'every-minute',
    expression: 'rate(1 minute)',
    timezone: 'UTC',
    method: 'eventBus',
    input: undefined,
    ...changes,
  };
  const ended = startSchedule(fixtureFunction(), schedule, {
    clock,
    ids: countingIds(),
    accountId: '123456789012',
    region: 'us-east-1',
    signal: closing.signal,
    enqueue: (_fn, event) => events.push(event),
  });
  return { clock, closing, events, ended };
}

describe('startSchedule', () => {
  it('calls with the scheduled event each time that it is due', async () => {
    const { clock, events, closing, ended } = start();
    await settle();
    expect(events).toEqual([]);
    clock.advance(60_000);
    await settle();
    clock.advance(60_000);
    await settle();
    expect(events).toEqual([
      {
        version: '0',
        id: 'id-1',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '123456789012',
        time: '2026-01-02T03:05:05Z',
        region: 'us-east-1',
        resources: ['arn:aws:events:us-east-1:123456789012:rule/every-minute'],
        detail: {},
      },
      expect.objectContaining({ id: 'id-2', time: '2026-01-02T03:06:05Z' }),
    ]);
    closing.abort();
    await ended;
  });

  it('calls once for the runs that were missed while the machine slept', async () => {
    const { clock, events } = start();
    await settle();
    clock.advance(3_600_000);
    await settle();
    expect(events).toHaveLength(1);
  });

  it('hands on its own input in place of the event', async () => {
    const { clock, events } = start({ input: { kind: 'custom' } });
    await settle();
    clock.advance(60_000);
    await settle();
    expect(events).toEqual([{ kind: 'custom' }]);
  });

  it('waits for a moment that no timer reaches', async () => {
    const { clock, events } = start({ expression: 'cron(0 0 1 3 ? 2026)' });
    for (let day = 0; day < 60; day += 1) {
      await settle();
      clock.advance(86_400_000);
    }
    await settle();
    expect(events).toEqual([expect.objectContaining({ time: '2026-03-01T00:00:00Z' })]);
  });

  it('ends when its signal is aborted, and leaves no timer', async () => {
    const { clock, closing, ended } = start();
    await settle();
    expect(clock.sleepers).toBe(1);
    closing.abort();
    await ended;
    expect(clock.sleepers).toBe(0);
  });
});
