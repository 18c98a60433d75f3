import { describe, expect, it, vi } from 'vitest';
import { EventBus, type EventBusDeps } from '../../../../local/events/bus.ts';
import type { CloudEvent, NewEvent } from '../../../../local/events/event.ts';
import { countingIds, ManualClock } from '../queues/manual-clock.ts';

const EVENT: NewEvent = { source: 's', 'detail-type': 't', detail: { a: 1 } };

const delivered = () => new Promise((resolve) => setImmediate(resolve));

function createBus(overrides: Partial<EventBusDeps> = {}): EventBus {
  return new EventBus({
    clock: new ManualClock(),
    ids: countingIds(),
    accountId: '123456789012',
    region: 'us-east-1',
    ...overrides,
  });
}

describe('EventBus', () => {
  it('adds what an event does not say', () => {
    expect(createBus().publish(EVENT)).toEqual({
      version: '0',
      id: '00000000-0000-4000-8000-000000000001',
      'detail-type': 't',
      source: 's',
      account: '123456789012',
      time: '2024-05-13T04:10:02Z',
      region: 'us-east-1',
      resources: [],
      detail: { a: 1 },
    });
  });

  it('keeps what an event says, and makes JSON of its detail', () => {
    const given = {
      ...EVENT,
      id: 'x',
      account: '1',
      time: '2020-01-01T00:00:00Z',
      region: 'eu-west-1',
      resources: ['arn:x'],
      detail: { at: new Date(0), nothing: undefined },
    };
    expect(createBus().publish(given)).toEqual({
      ...given,
      version: '0',
      detail: { at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('counts what was published, and says when it has been handed over', async () => {
    const bus = createBus();
    const seen: string[] = [];
    bus.addRule({ name: 'all', pattern: { source: ['s'] }, target: ({ id }) => void seen.push(id) });
    bus.publish(EVENT);
    bus.publish(EVENT);
    expect([bus.published, seen.length]).toEqual([2, 0]);
    await bus.delivered();
    expect(seen).toHaveLength(2);
  });

  it('hands an event to the targets of matching rules, after publish has returned', async () => {
    const bus = createBus();
    const red = vi.fn<(event: CloudEvent) => void>();
    const green = vi.fn<(event: CloudEvent) => void>();
    bus.addRule({ name: 'red', pattern: { detail: { status: ['Red'] } }, target: red });
    bus.addRule({ name: 'green', pattern: '{"detail":{"status":["Green"]}}', target: green });
    const event = bus.publish({ ...EVENT, detail: { status: 'Red' } });
    expect(red).not.toHaveBeenCalled();
    await delivered();
    expect(red).toHaveBeenCalledExactlyOnceWith(event);
    expect(green).not.toHaveBeenCalled();
  });

  it('does not let one target hurt another: not by throwing, nor rejecting, nor changing the event', async () => {
    const onTargetError = vi.fn();
    const bus = createBus({ onTargetError });
    const pattern = { source: ['s'] };
    const last = vi.fn<(event: CloudEvent) => void>();
    bus.addRule({
      name: 'throws',
      pattern,
      target: () => {
        throw new Error('sync');
      },
    });
    bus.addRule({ name: 'rejects', pattern, target: () => Promise.reject(new Error('async')) });
    bus.addRule({
      name: 'changes',
      pattern,
      target: (event) => Object.assign(event.detail, { a: 2 }) && undefined,
    });
    bus.addRule({ name: 'last', pattern, target: last });
    const event = bus.publish(EVENT);
    await delivered();
    await delivered();
    expect(last).toHaveBeenCalledExactlyOnceWith(event);
    expect(event.detail).toEqual({ a: 1 });
    expect(onTargetError.mock.calls.map(([failure]) => [failure.rule, failure.error.message])).toEqual([
      ['throws', 'sync'],
      ['rejects', 'async'],
    ]);
  });

  it('refuses a rule whose pattern is not valid', () => {
    const add = () => createBus().addRule({ name: 'r', pattern: { a: 'b' }, target: () => {} });
    expect(add).toThrow(expect.objectContaining({ code: 'InvalidEventPatternException' }));
  });

  it('delivers nothing to a rule that was taken away, nor after it was closed', async () => {
    const bus = createBus();
    const target = vi.fn<(event: CloudEvent) => void>();
    const remove = bus.addRule({ name: 'r', pattern: { source: ['s'] }, target });
    remove();
    bus.publish(EVENT);
    bus.addRule({ name: 'r', pattern: { source: ['s'] }, target });
    bus.publish(EVENT);
    bus[Symbol.dispose]();
    await delivered();
    expect(target).not.toHaveBeenCalled();
  });

  it('remembers the latest events, not all', () => {
    const bus = createBus();
    for (let n = 0; n < 250; n++) bus.publish({ ...EVENT, detail: { n } });
    const recent = bus.recentEvents();
    expect(recent).toHaveLength(200);
    expect([recent[0]?.detail, recent.at(-1)?.detail]).toEqual([{ n: 50 }, { n: 249 }]);
  });
});
