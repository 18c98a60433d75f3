import { describe, expect, it } from 'vitest';
import { readLetter } from '../../../../cli/dlq/read-letter.ts';
import { failureQueuesOf, queueNamed } from '../../../../cli/dlq/stack-queues.ts';
import {
  FINDING_EVENT,
  failedBatch,
  failedCall,
  failedEvent,
  HANDLER,
  message,
  POSITION,
  STACK,
  TIMER,
  TRACKER,
} from './dlq.fixture.ts';

const read = (queue: string, raw = message('')) => readLetter(raw, queueNamed(STACK, queue), STACK.functions);

describe("the stack's failure queues", () => {
  it('are those that functions send to, and no others', () => {
    expect(failureQueuesOf(STACK).map(({ name }) => name)).toEqual([
      'app-prod-findings',
      'app-prod-timer',
      'app-prod-records',
      'app-prod-alarms',
    ]);
  });

  it('are found by their name, whole or not; any other is what it is called', () => {
    expect(queueNamed(STACK, 'timer')).toEqual(queueNamed(STACK, 'app-prod-timer'));
    expect(queueNamed(STACK, 'timer').functions).toEqual([TIMER]);
    expect(queueNamed(STACK, 'mine')).toEqual({ name: 'mine', functions: [] });
  });
});

describe('a message in a failure queue', () => {
  it('of EventBridge: the event, and why it was not handed over', () => {
    expect(read('findings', failedEvent(TRACKER.functionArn))).toEqual({
      kind: 'event',
      fn: TRACKER,
      about: 'A Change of aws.config, 2026-05-13T10:00:00Z',
      why: 'NO_PERMISSIONS: not allowed',
      content: { type: 'event', event: FINDING_EVENT },
    });
  });

  it('of Lambda: the event, and the error', () => {
    expect(read('findings', failedCall(TRACKER, FINDING_EVENT))).toMatchObject({
      kind: 'invocation',
      fn: TRACKER,
      why: 'RetriesExhausted after 3 attempts: TypeError: it broke',
      content: { type: 'event', event: FINDING_EVENT },
    });
  });

  it('of a run on schedule: one is enough', () => {
    expect(read('timer', failedCall(TIMER, { 'detail-type': 'Scheduled Event' }))).toMatchObject({
      content: { once: 'app-prod-timer' },
    });
  });

  it('of a stream: where its records are', () => {
    expect(read('records', failedBatch(HANDLER))).toMatchObject({
      kind: 'batch',
      fn: HANDLER,
      about: '4 records of Items, 2026-05-13T11:00:00Z',
      why: expect.stringContaining('RetryAttemptsExhausted: Unhandled'),
      content: { type: 'records', position: POSITION },
    });
  });

  it('of SNS: becomes the event that the function is called with', () => {
    const Sns = { Type: 'Notification', TopicArn: 'arn:t', Message: '{}', Timestamp: '2026-05-13T10:00:00Z' };
    const raw = message(Sns, { attributes: { ErrorCode: '503', ErrorMessage: 'busy' } });
    expect(read('alarms', raw)).toMatchObject({
      kind: 'notification',
      fn: TRACKER,
      about: 'aws:sns, 2026-05-13T10:00:00Z',
      why: '503: busy',
      content: { event: { Records: [{ EventSource: 'aws:sns', Sns }] } },
    });
    const event = { Records: [{ EventSource: 'aws:sns', Sns }] };
    expect(read('alarms', message(event))).toMatchObject({ content: { event } });
  });

  const stranger = 'arn:aws:lambda:us-east-1:123456789012:function:somebody-elses';
  it.each([
    ['no JSON', 'findings', message('{'), /no JSON object/],
    ['a list', 'findings', message('[]'), /no JSON object/],
    ['nothing that we know', 'findings', message({ a: 1 }), /neither of EventBridge/],
    ['of a function of others', 'findings', failedEvent(stranger), /somebody-elses is no function whose/],
    [
      'of another account',
      'findings',
      failedEvent(TRACKER.functionArn.replace('1234', '9999')),
      /no function/,
    ],
    ['of a function of another queue', 'findings', failedCall(TIMER, {}), /timer:\$LATEST is no function/],
    [
      'of the log group',
      'findings',
      failedEvent('arn:aws:logs:us-east-1:1:log-group:x'),
      /only the log group/,
    ],
    ['of Kinesis', 'records', message({ KinesisBatchInfo: {} }), /Kinesis/],
    [
      'of a stream that is not read',
      'records',
      failedBatch(HANDLER, { streamArn: 'a/Other/stream/1' }),
      /Other/,
    ],
    ['without a place', 'records', failedBatch(HANDLER, { shardId: 7 }), /does not say where/],
    [
      'with a sequence number that is none',
      'records',
      failedBatch(HANDLER, { startSequenceNumber: 'x' }),
      /where/,
    ],
  ])('%s: nothing is called for it', (_, queue, raw, why) => {
    expect(read(queue, raw)).toEqual({ kind: 'unknown', why: expect.stringMatching(why) });
  });

  it('in a queue that a person named may be of any function of the stack', () => {
    expect(read('mine', failedCall(TIMER, {}))).toMatchObject({ fn: TIMER });
    expect(read('mine', failedEvent(stranger))).toMatchObject({ kind: 'unknown' });
  });
});
