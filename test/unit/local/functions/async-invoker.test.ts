import { describe, expect, it } from 'vitest';
import { AsyncInvoker } from '../../../../local/functions/async-invoker.ts';
import type { InvokeResult } from '../../../../local/functions/invoke-result.ts';
import { WorkCounter } from '../../../../local/functions/work-counter.ts';
import { InstantClock } from '../../../helpers/local-clocks.ts';
import {
  countingIds,
  failed,
  failureQueueArn,
  fixtureFunction,
  RecordingQueues,
  succeeded,
  throttled,
} from '../../../helpers/local-functions.ts';

function start(answer: (call: number, clock: InstantClock) => InvokeResult) {
  const clock = new InstantClock();
  const queues = new RecordingQueues();
  const work = new WorkCounter();
  const requestIds: string[] = [];
  const lines: string[] = [];
  const invoker = new AsyncInvoker({
    invoke: async (_fn, _event, requestId) => {
      requestIds.push(requestId);
      return answer(requestIds.length, clock);
    },
    queues,
    clock,
    ids: countingIds(),
    log: (line) => lines.push(line),
    work,
    signal: new AbortController().signal,
    retryDelayScale: 1,
  });
  return { invoker, clock, queues, work, requestIds, lines };
}

const event = { detail: { status: 'Red' } };

describe('AsyncInvoker', () => {
  it('calls once for an event that is handled', async () => {
    const { invoker, work, requestIds, queues } = start(() => succeeded());
    invoker.enqueue(fixtureFunction(), event);
    await work.none();
    expect(requestIds).toHaveLength(1);
    expect(queues.sent).toEqual([]);
  });

  it('waits one minute, then two, with one request ID, and stops when an attempt succeeds', async () => {
    const { invoker, work, requestIds, clock, queues } = start((call) => (call < 3 ? failed() : succeeded()));
    invoker.enqueue(fixtureFunction(), event);
    await work.none();
    expect(clock.slept).toEqual([60_000, 120_000]);
    expect(requestIds).toEqual(['id-1', 'id-1', 'id-1']);
    expect(queues.sent).toEqual([]);
  });

  it('sends what fails for good to the on-failure destination', async () => {
    const { invoker, work, queues } = start(() => failed('no such table'));
    invoker.enqueue(fixtureFunction(), event);
    await work.none();
    expect(queues.sent).toEqual([
      {
        queueArn: failureQueueArn,
        body: {
          version: '1.0',
          timestamp: '2026-01-02T03:07:05.000Z',
          requestContext: {
            requestId: 'id-1',
            functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:fixture-test-handler:$LATEST',
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: event,
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'Error', errorMessage: 'no such table', trace: [] },
        },
      },
    ]);
  });

  it('does not retry where maximumRetryAttempts is 0', async () => {
    const { invoker, work, requestIds } = start(() => failed());
    const asyncConfig = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60, onFailureQueueArn: undefined };
    invoker.enqueue(fixtureFunction(undefined, { asyncConfig }), event);
    await work.none();
    expect(requestIds).toHaveLength(1);
  });

  it('gives up an event that grew too old between attempts', async () => {
    const { invoker, work, queues, requestIds } = start(() => failed());
    const asyncConfig = {
      maximumRetryAttempts: 2,
      maximumEventAgeSeconds: 59,
      onFailureQueueArn: failureQueueArn,
    };
    invoker.enqueue(fixtureFunction(undefined, { asyncConfig }), event);
    await work.none();
    expect(requestIds).toHaveLength(1);
    expect(queues.sent[0]?.body.requestContext).toMatchObject({
      condition: 'EventAgeExceeded',
      approximateInvokeCount: 1,
    });
  });

  it('sends a throttled event on at once, without the payload of an answer that never was', async () => {
    const { invoker, work, queues, clock } = start(() => throttled);
    invoker.enqueue(fixtureFunction(), event);
    await work.none();
    expect(clock.slept).toEqual([]);
    expect(queues.sent[0]?.body).toMatchObject({
      requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
      requestPayload: event,
    });
    expect(queues.sent[0]?.body).not.toHaveProperty('responsePayload');
  });

  it('says so when an event is lost because the queue cannot be written', async () => {
    const { invoker, work, queues, lines } = start(() => throttled);
    queues.send = async () => {
      throw new Error('the queue is gone');
    };
    invoker.enqueue(fixtureFunction(), event);
    await work.none();
    expect(lines).toEqual([
      expect.stringMatching(/^ZeroReservedConcurrency: lost, .*\(the queue is gone\).*"status":"Red"/),
    ]);
  });

  it('drops what has no failure destination, and says so', async () => {
    const { invoker, work, lines } = start(() => throttled);
    const asyncConfig = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60, onFailureQueueArn: undefined };
    invoker.enqueue(fixtureFunction(undefined, { asyncConfig }), event);
    await work.none();
    expect(lines).toEqual([expect.stringContaining('dropped')]);
  });
});
