import { describe, expect, it } from 'vitest';
import { processBatch } from '../../../../local/functions/batch-processor.ts';
import type { InvokeResult } from '../../../../local/functions/invoke-result.ts';
import type { StreamDefinition } from '../../../../local/service-definition/service-definition.ts';
import { InstantClock } from '../../../helpers/local-clocks.ts';
import {
  countingIds,
  failed,
  failureQueueArn,
  fixtureFunction,
  fixtureStream,
  pendingRecords,
  RecordingQueues,
  succeeded,
  throttled,
} from '../../../helpers/local-functions.ts';

type Answer = (numbers: readonly string[], call: number) => InvokeResult;

/** Runs one batch against a function that answers as told; returns every batch that it was given. */
async function run(
  count: number,
  stream: Partial<StreamDefinition>,
  answer: Answer,
  { queues = new RecordingQueues(), signal = new AbortController().signal } = {},
) {
  const clock = new InstantClock();
  const batches: string[][] = [];
  const lines: string[] = [];
  await processBatch(pendingRecords(count), {
    fn: fixtureFunction(),
    stream: fixtureStream(stream),
    invoke: async (_fn, event) => {
      const numbers = numbersOf(event);
      batches.push(numbers);
      return answer(numbers, batches.length);
    },
    queues,
    clock,
    ids: countingIds(),
    log: (line) => lines.push(line),
    signal,
  });
  return { batches, queues, clock, lines, discarded: queues.sent.map(({ body }) => rangeOf(body)) };
}

const numbersOf = (event: unknown): string[] =>
  (event as { Records: { dynamodb: { SequenceNumber: string } }[] }).Records.map(
    ({ dynamodb }) => dynamodb.SequenceNumber,
  );

function rangeOf(body: Record<string, unknown>): string {
  const info = body.DDBStreamBatchInfo as Record<string, unknown>;
  return `${info.startSequenceNumber}-${info.endSequenceNumber}`;
}

/** Fails the records that are poisoned, as a batch processor does: all others of the batch are done. */
const poisoned =
  (...poison: string[]): Answer =>
  (numbers) =>
    succeeded({
      batchItemFailures: numbers
        .filter((number) => poison.includes(number))
        .map((itemIdentifier) => ({ itemIdentifier })),
    });

/** Fails as a whole as soon as a poisoned record is in the batch. */
const throwing =
  (...poison: string[]): Answer =>
  (numbers) =>
    numbers.some((number) => poison.includes(number)) ? failed() : succeeded();

describe('processBatch', () => {
  it('calls once for a batch that is handled', async () => {
    const { batches, discarded, clock } = await run(3, {}, () => succeeded());
    expect(batches).toEqual([['1', '2', '3']]);
    expect(discarded).toEqual([]);
    expect(clock.slept).toEqual([]);
  });

  it('retries a failed batch with growing delays, then gives all of it up', async () => {
    const { batches, queues, clock } = await run(2, { maximumRetryAttempts: 2 }, () => failed());
    expect(batches).toEqual([
      ['1', '2'],
      ['1', '2'],
      ['1', '2'],
    ]);
    expect(clock.slept).toEqual([20, 40]);
    expect(queues.sent).toEqual([
      {
        queueArn: failureQueueArn,
        body: {
          requestContext: {
            requestId: 'id-3',
            functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:fixture-test-handler',
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 3,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          version: '1.0',
          timestamp: '2026-01-02T03:04:05.060Z',
          DDBStreamBatchInfo: {
            shardId: 'shardId-1',
            startSequenceNumber: '1',
            endSequenceNumber: '2',
            approximateArrivalOfFirstRecord: '2026-01-02T03:04:00Z',
            approximateArrivalOfLastRecord: '2026-01-02T03:04:00Z',
            batchSize: 2,
            streamArn: 'arn:stream',
          },
        },
      },
    ]);
  });

  it('recovers when a retry succeeds', async () => {
    const { batches, discarded } = await run(2, {}, (_numbers, call) => (call < 3 ? failed() : succeeded()));
    expect(batches).toHaveLength(3);
    expect(discarded).toEqual([]);
  });

  it('retries from the checkpoint on, and not what came before it', async () => {
    const { batches, discarded, queues } = await run(3, { reportBatchItemFailures: true }, poisoned('2'));
    expect(batches).toEqual([
      ['1', '2', '3'],
      ['2', '3'],
      ['2', '3'],
    ]);
    expect(discarded).toEqual(['2-3']);
    // The function answered: there is no functionError to name.
    expect(queues.sent[0]?.body.responseContext).toEqual({ statusCode: 200, executedVersion: '$LATEST' });
  });

  const both = { reportBatchItemFailures: true, bisectBatchOnFunctionError: true };

  it.each(['1', '2', '5', '9', '10'])(
    'gives up only the one poison record among ten, at position %s',
    async (poison) => {
      const { batches, discarded } = await run(10, both, poisoned(poison));
      expect(discarded).toEqual([`${poison}-${poison}`]);
      expect(new Set(batches.flat())).toEqual(
        new Set(pendingRecords(10).map(({ sequenceNumber }) => sequenceNumber)),
      );
      expect(batches.filter((batch) => batch.length === 1 && batch[0] === poison)).toHaveLength(3);
    },
  );

  it('gives up several poison records one by one, in order', async () => {
    const { discarded } = await run(10, both, poisoned('3', '4', '8'));
    expect(discarded).toEqual(['3-3', '4-4', '8-8']);
  });

  it('isolates the record that makes the function throw', async () => {
    const { batches, discarded } = await run(8, { bisectBatchOnFunctionError: true }, throwing('6'));
    expect(discarded).toEqual(['6-6']);
    const done = batches.filter((batch) => !batch.includes('6')).flat();
    expect(done).toEqual(['1', '2', '3', '4', '5', '7', '8']);
  });

  it('splits without waiting and without using up retries', async () => {
    const { batches, clock } = await run(
      4,
      { bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 },
      throwing('4'),
    );
    expect(batches).toEqual([['1', '2', '3', '4'], ['1', '2'], ['3', '4'], ['3'], ['4']]);
    expect(clock.slept).toEqual([]);
  });

  it('does not begin the second half before the first is done with', async () => {
    const { batches } = await run(
      4,
      { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 },
      throwing('1'),
    );
    expect(batches).toEqual([['1', '2', '3', '4'], ['1', '2'], ['1'], ['1'], ['2'], ['3', '4']]);
  });

  it('gives up records older than MaximumRecordAge without calling the function', async () => {
    const { batches, queues } = await run(2, { maximumRecordAgeSeconds: 3 }, () => succeeded());
    expect(batches).toEqual([]);
    expect(queues.sent[0]?.body).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
      DDBStreamBatchInfo: { batchSize: 2 },
    });
    expect(queues.sent[0]?.body).not.toHaveProperty('responseContext');
  });

  it('ends unlimited retries after the 24 hours that a stream keeps records', async () => {
    const unlimited = { maximumRetryAttempts: -1, maximumRecordAgeSeconds: -1 };
    const { queues, clock } = await run(1, unlimited, () => failed());
    expect(queues.sent.map(({ body }) => body.requestContext)).toMatchObject([
      { condition: 'RecordAgeExceeded' },
    ]);
    expect(clock.now().getTime()).toBeGreaterThan(Date.parse('2026-01-03T03:04:00.000Z'));
    expect(clock.slept.at(-1)).toBe(500);
  });

  it('does not count a throttle as an attempt', async () => {
    const { batches, discarded } = await run(1, { maximumRetryAttempts: 0 }, (_numbers, call) =>
      call < 5 ? throttled : succeeded(),
    );
    expect(batches).toHaveLength(5);
    expect(discarded).toEqual([]);
  });

  it('drops a batch that has no failure destination, and says so', async () => {
    const stream = { onFailureQueueArn: undefined, maximumRetryAttempts: 0 };
    const { lines, queues } = await run(1, stream, () => failed());
    expect(queues.sent).toEqual([]);
    expect(lines).toEqual([expect.stringContaining('RetryAttemptsExhausted: dropped')]);
  });

  it('goes on with the rest when the failure queue cannot be written, and says what was lost', async () => {
    const queues = new RecordingQueues();
    queues.send = async () => {
      throw new Error('the queue is gone');
    };
    const stream = { maximumRetryAttempts: 0, bisectBatchOnFunctionError: true };
    const { batches, lines } = await run(2, stream, throwing('1'), { queues });
    expect(batches).toEqual([['1', '2'], ['1'], ['2']]);
    expect(lines).toContainEqual(
      expect.stringContaining('the failure queue cannot be written (the queue is gone)'),
    );
  });

  it('stops when the host closes, and gives nothing up', async () => {
    const closing = new AbortController();
    const queues = new RecordingQueues();
    const ended = () => {
      closing.abort(new Error('closed'));
      return failed();
    };
    const running = run(1, { maximumRetryAttempts: 0 }, ended, { queues, signal: closing.signal });
    await expect(running).rejects.toThrow('closed');
    expect(queues.sent).toEqual([]);
  });
});
