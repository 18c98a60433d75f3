import type { InvokeResult } from './invoke-result.ts';
import type { PendingRecord } from './stream-record.ts';

/**
 * What became of a batch: all done, nothing done, or done up to (not including) the record at `index`.
 * 'failed' is also a partial failure of the first record: nothing before it can be checkpointed.
 */
export type BatchOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'failed' }
  | { readonly outcome: 'throttled' }
  | { readonly outcome: 'partial'; readonly index: number };

/**
 * Reads a function's answer to a batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function readBatchOutcome(
  result: InvokeResult,
  records: readonly PendingRecord[],
  reportBatchItemFailures: boolean,
): BatchOutcome {
  if (result.outcome === 'throttled') return { outcome: 'throttled' };
  if (result.outcome === 'error') return { outcome: 'failed' };
  const failures = reportBatchItemFailures ? listFailures(result.payload) : [];
  if (failures === undefined) return { outcome: 'failed' };
  if (failures.length === 0) return { outcome: 'done' };
  const positions = failures.map((identifier) =>
    records.findIndex(({ sequenceNumber }) => sequenceNumber !== '' && sequenceNumber === identifier),
  );
  // -1, a record that was not in the batch, fails the whole of it.
  const index = Math.min(...positions);
  return index <= 0 ? { outcome: 'failed' } : { outcome: 'partial', index };
}

/** The identifiers in the answer; undefined where it is malformed. Nothing, or nothing in the list, is success. */
function listFailures(payload: unknown): unknown[] | undefined {
  if (typeof payload !== 'object' || payload === null || !('batchItemFailures' in payload)) return [];
  const { batchItemFailures } = payload;
  if (batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return undefined;
  return batchItemFailures.map((failure: unknown) =>
    typeof failure === 'object' && failure !== null && 'itemIdentifier' in failure
      ? failure.itemIdentifier
      : undefined,
  );
}
