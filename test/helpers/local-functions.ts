import { join } from 'node:path';
import type { InvokeResult } from '../../local/functions/invoke-result.ts';
import type { PendingRecord } from '../../local/functions/stream-record.ts';
import type { Ids } from '../../local/ids.ts';
import type {
  FunctionDefinition,
  StreamDefinition,
} from '../../local/service-definition/service-definition.ts';

export const fixtureService = join(import.meta.dirname, '..', 'fixtures', 'service');
export const failureQueueArn = 'arn:aws:sqs:us-east-1:123456789012:failures';

/** A function of the fixture service, such as `handlers/echo.handler`. */
export function fixtureFunction(
  handler = 'handlers/echo.handler',
  changes: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  const [module = '', exportName = ''] = handler.split('.');
  const name = changes.name ?? exportName;
  return {
    name,
    functionName: `fixture-test-${name}`,
    functionArn: `arn:aws:lambda:us-east-1:123456789012:function:fixture-test-${name}`,
    handler,
    file: join(fixtureService, `${module}.ts`),
    exportName,
    timeoutSeconds: 10,
    memorySizeMb: 256,
    reservedConcurrency: undefined,
    environment: {},
    roleArn: 'arn:aws:iam::123456789012:role/fixture',
    asyncConfig: {
      maximumRetryAttempts: 2,
      maximumEventAgeSeconds: 21_600,
      onFailureQueueArn: failureQueueArn,
    },
    eventRules: [],
    schedules: [],
    streams: [],
    topics: [],
    ...changes,
  };
}

export function fixtureStream(changes: Partial<StreamDefinition> = {}): StreamDefinition {
  return {
    tableName: 'Items',
    batchSize: 10,
    batchWindowSeconds: 0,
    startingPosition: 'TRIM_HORIZON',
    maximumRetryAttempts: 2,
    maximumRecordAgeSeconds: 3600,
    bisectBatchOnFunctionError: false,
    parallelizationFactor: 1,
    reportBatchItemFailures: false,
    filterPatterns: [],
    onFailureQueueArn: failureQueueArn,
    ...changes,
  };
}

/** Identifiers in a row: `id-1`, `id-2` … */
export function countingIds(): Ids {
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  return { uuid: () => `id-${next()}`, hex: (length) => String(next()).padStart(length, '0') };
}

export const succeeded = (payload: unknown = null): InvokeResult => ({
  outcome: 'success',
  requestId: 'r',
  payload,
});

export const failed = (errorMessage = 'it broke'): InvokeResult => ({
  outcome: 'error',
  requestId: 'r',
  functionError: 'Unhandled',
  payload: { errorType: 'Error', errorMessage, trace: [] },
});

export const throttled: InvokeResult = {
  outcome: 'throttled',
  requestId: 'r',
  reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
};

/** Records with the sequence numbers `1`, `2` … and items of their own. */
export function pendingRecords(
  count: number,
  arrivedAt = new Date('2026-01-02T03:04:00.000Z'),
): PendingRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const sequenceNumber = String(index + 1);
    return {
      record: {
        eventID: sequenceNumber,
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        eventSourceARN: 'arn:stream',
        dynamodb: { SequenceNumber: sequenceNumber },
      },
      sequenceNumber,
      itemKey: sequenceNumber,
      arrivedAt,
      shardId: 'shardId-1',
      streamArn: 'arn:stream',
    };
  });
}

/** A queue that keeps what it is sent. */
export class RecordingQueues {
  readonly sent: { readonly queueArn: string; readonly body: Record<string, unknown> }[] = [];

  async send(queueArn: string, body: string): Promise<void> {
    this.sent.push({ queueArn, body: JSON.parse(body) });
  }
}
