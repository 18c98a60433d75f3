import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../../local/events/bus.ts';
import { createEventsService } from '../../../../local/events/service.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { countingIds, ManualClock } from '../queues/manual-clock.ts';

const CONTEXT = { region: 'eu-west-1', accountId: '123456789012', principalArn: 'arn:p', requestId: 'r' };
const ENTRY = { Source: 'awsmock.trustedadvisor', DetailType: 'T', Detail: '{"status":"ERROR"}' };

function start() {
  const bus = new EventBus({
    clock: new ManualClock(),
    ids: countingIds(),
    accountId: '1',
    region: 'us-east-1',
  });
  const { operations } = createEventsService(bus);
  const call = (name: string, input: JsonObject) => operations[name]?.(input, CONTEXT);
  return { bus, put: (...Entries: unknown[]) => call('PutEvents', { Entries }), call };
}

const failsWith = (code: string) => expect.objectContaining({ code });

describe('PutEvents', () => {
  it('publishes entries in the account and region of the caller', () => {
    const { bus, put } = start();
    const answer = put(
      { ...ENTRY, Resources: ['arn:x'], Time: 1_715_573_402.987 },
      { ...ENTRY, Source: 'aws.config' },
    );
    const [first, second] = bus.recentEvents();
    expect(answer).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: first?.id }, { EventId: second?.id }],
    });
    expect(first).toMatchObject({
      source: 'awsmock.trustedadvisor',
      'detail-type': 'T',
      detail: { status: 'ERROR' },
      resources: ['arn:x'],
      time: '2024-05-13T04:10:02Z',
      account: '123456789012',
      region: 'eu-west-1',
    });
    expect(second?.source).toBe('aws.config');
  });

  it.each([
    [{ Source: undefined }, 'InvalidArgument', 'Source is a required argument'],
    [{ Source: '' }, 'InvalidArgument', 'Source is a required argument'],
    [{ DetailType: undefined }, 'InvalidArgument', 'DetailType is a required argument'],
    [{ DetailType: 'x'.repeat(129) }, 'InvalidArgument', 'longer than 128'],
    [{ Detail: undefined }, 'InvalidArgument', 'Detail is a required argument'],
    [{ Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: 'null' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ EventBusName: 'other' }, 'InvalidArgument', 'Event bus other does not exist'],
  ])('fails the entry %j alone', (fault, code, message) => {
    const { bus, put } = start();
    expect(put({ ...ENTRY, ...fault }, ENTRY)).toEqual({
      FailedEntryCount: 1,
      Entries: [
        { ErrorCode: code, ErrorMessage: expect.stringContaining(message) },
        { EventId: bus.recentEvents()[0]?.id },
      ],
    });
    expect(bus.recentEvents()).toHaveLength(1);
  });

  it.each(['default', 'arn:aws:events:eu-west-1:123456789012:event-bus/default'])(
    'knows the bus %s',
    (name) => {
      expect(start().put({ ...ENTRY, EventBusName: name })).toMatchObject({ FailedEntryCount: 0 });
    },
  );

  it.each([
    ['no entries', { Entries: [] }, 'ValidationException'],
    ['no list', {}, 'ValidationException'],
    ['eleven entries', { Entries: Array(11).fill(ENTRY) }, 'ValidationException'],
    [
      'more than 1 MB',
      { Entries: Array(2).fill({ ...ENTRY, Detail: `{"a":"${'x'.repeat(600_000)}"}` }) },
      'ValidationException',
    ],
    ['text for entries', { Entries: 'x' }, 'SerializationException'],
    ['a number for Source', { Entries: [{ ...ENTRY, Source: 1 }] }, 'SerializationException'],
    ['a time that is none', { Entries: [{ ...ENTRY, Time: 'noon' }] }, 'SerializationException'],
    ['resources of numbers', { Entries: [{ ...ENTRY, Resources: [1] }] }, 'SerializationException'],
  ])('refuses %s, and publishes nothing', (_, input, code) => {
    const { bus, call } = start();
    expect(() => call('PutEvents', input)).toThrow(failsWith(code));
    expect(bus.recentEvents()).toEqual([]);
  });
});

describe('TestEventPattern', () => {
  const EVENT = {
    id: '1',
    account: '1',
    source: 'a',
    time: 't',
    region: 'r',
    resources: [],
    'detail-type': 'd',
  };
  const test = (EventPattern: unknown, Event: unknown) =>
    start().call('TestEventPattern', { EventPattern, Event });

  it('says whether the pattern matches', () => {
    expect(test('{"source":["a"]}', JSON.stringify(EVENT))).toEqual({ Result: true });
    expect(test('{"source":["b"]}', JSON.stringify(EVENT))).toEqual({ Result: false });
  });

  it.each([
    ['a pattern that is not valid', '{"source":"a"}', JSON.stringify(EVENT), 'InvalidEventPatternException'],
    ['an event that is no JSON', '{"source":["a"]}', '{', 'ValidationException'],
    ['an event that is a list', '{"source":["a"]}', '[]', 'ValidationException'],
    ['no pattern', undefined, JSON.stringify(EVENT), 'ValidationException'],
    ['an object as pattern', { source: ['a'] }, JSON.stringify(EVENT), 'SerializationException'],
  ])('refuses %s', (_, pattern, event, code) => {
    expect(() => test(pattern, event)).toThrow(failsWith(code));
  });

  it.each(Object.keys(EVENT))('refuses an event without %s, and says so', (field) => {
    const event = JSON.stringify({ ...EVENT, [field]: undefined });
    expect(() => test('{"source":["a"]}', event)).toThrow(`it has no ${field}.`);
  });
});
