import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { FunctionDefinition, StreamDefinition } from '../service-definition/service-definition.ts';
import type { Invoke } from './async-invoker.ts';
import { readBatchOutcome } from './batch-response.ts';
import { type StreamCondition, streamDestinationRecord } from './destination-record.ts';
import { type Queues, sendToFailureDestination } from './failure-destination.ts';
import type { InvokeResult, Log } from './invoke-result.ts';
import type { PendingRecord } from './stream-record.ts';

export interface BatchProcessorOptions {
  readonly fn: FunctionDefinition;
  readonly stream: StreamDefinition;
  readonly invoke: Invoke;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** A batch, or the part of one that is left to do. */
interface Batch {
  readonly records: readonly PendingRecord[];
  /** Attempts that failed and count against MaximumRetryAttempts; splitting does not. */
  readonly failures: number;
  readonly invokeCount: number;
}

/** Lambda does not document its backoff on streams; ours ends soon, since somebody sits before it. */
const firstDelayMs = 20;
const longestDelayMs = 500;
/** How long a stream keeps a record: 'without limit' ends here. */
const retentionSeconds = 86_400;

/**
 * Brings a batch to its end, whatever the function does: every record is handled, or given up after bounded retries
 * and written to the failure destination, in the order of the stream.
 *
 * A partial failure checkpoints at the lowest failed record. With BisectBatchOnFunctionError a batch that made no
 * progress is halved, so that one bad record ends up alone, and only it is given up.
 */
export async function processBatch(
  records: readonly PendingRecord[],
  options: BatchProcessorOptions,
): Promise<void> {
  const { fn, stream, invoke, ids, clock, signal } = options;
  // What comes first in the stream is on top.
  const stack: Batch[] = [{ records, failures: 0, invokeCount: 0 }];
  for (let batch = stack.pop(); batch !== undefined; batch = stack.pop()) {
    signal.throwIfAborted();
    const fresh = await discardOld(batch, options);
    if (fresh.length === 0) continue;
    const requestId = ids.uuid();
    const result = await invoke(fn, { Records: fresh.map(({ record }) => record) }, requestId);
    // An environment that was ended by our own closing says nothing about the records.
    if (result.outcome !== 'success') signal.throwIfAborted();
    const outcome = readBatchOutcome(result, fresh, stream.reportBatchItemFailures);
    if (outcome.outcome === 'done') continue;
    if (outcome.outcome === 'throttled') {
      stack.push({ ...batch, records: fresh });
      await clock.sleep(longestDelayMs, signal);
      continue;
    }
    const rest = outcome.outcome === 'partial' ? fresh.slice(outcome.index) : fresh;
    const { failures, invokeCount } = { failures: batch.failures, invokeCount: batch.invokeCount + 1 };
    if (stream.bisectBatchOnFunctionError && (rest.length < fresh.length || rest.length > 1)) {
      const parts = rest.length < fresh.length ? [rest] : halves(rest);
      for (const part of parts.toReversed()) stack.push({ records: part, failures, invokeCount });
      continue;
    }
    const next: Batch = { records: rest, failures: failures + 1, invokeCount };
    if (stream.maximumRetryAttempts >= 0 && next.failures > stream.maximumRetryAttempts) {
      await giveUp(next, 'RetryAttemptsExhausted', { ...options, requestId, result });
      continue;
    }
    stack.push(next);
    await clock.sleep(Math.min(firstDelayMs * 2 ** failures, longestDelayMs), signal);
  }
}

function halves(records: readonly PendingRecord[]): (readonly PendingRecord[])[] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)];
}

/** Gives up the records that are too old, and returns those that are not. */
async function discardOld(batch: Batch, options: BatchProcessorOptions): Promise<readonly PendingRecord[]> {
  const { stream, clock, ids } = options;
  const limit = stream.maximumRecordAgeSeconds < 0 ? retentionSeconds : stream.maximumRecordAgeSeconds;
  const oldest = clock.now().getTime() - limit * 1000;
  const old = batch.records.filter(({ arrivedAt }) => arrivedAt.getTime() < oldest);
  if (old.length === 0) return batch.records;
  await giveUp({ ...batch, records: old }, 'RecordAgeExceeded', {
    ...options,
    requestId: ids.uuid(),
    result: undefined,
  });
  return batch.records.filter((record) => !old.includes(record));
}

async function giveUp(
  { records, invokeCount }: Batch,
  condition: StreamCondition,
  options: BatchProcessorOptions & { readonly requestId: string; readonly result: InvokeResult | undefined },
): Promise<void> {
  const { fn, stream, queues, clock, log, requestId, result } = options;
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) return;
  const body = JSON.stringify(
    streamDestinationRecord({
      fn,
      requestId,
      condition,
      invokeCount,
      position: {
        shardId: first.shardId,
        streamArn: first.streamArn,
        startSequenceNumber: first.sequenceNumber,
        endSequenceNumber: last.sequenceNumber,
        firstArrival: first.arrivedAt,
        lastArrival: last.arrivedAt,
        batchSize: records.length,
      },
      result,
      now: clock.now(),
    }),
  );
  const queueArn = stream.onFailureQueueArn;
  await sendToFailureDestination({ functionName: fn.name, condition, queueArn, body }, { queues, log });
}
