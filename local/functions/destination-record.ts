import type { FunctionDefinition } from '../service-definition/service-definition.ts';
import type { InvokeResult } from './invoke-result.ts';

/** Why an event or a batch was given up. */
export type AsyncCondition = 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';
export type StreamCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface FailedEvent {
  readonly fn: FunctionDefinition;
  readonly requestId: string;
  readonly condition: AsyncCondition;
  readonly invokeCount: number;
  readonly event: unknown;
  /** Of the last invocation; undefined where there was none. */
  readonly result: InvokeResult | undefined;
  readonly now: Date;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function asyncDestinationRecord(failed: FailedEvent): object {
  return {
    version: '1.0',
    timestamp: failed.now.toISOString(),
    requestContext: {
      requestId: failed.requestId,
      functionArn: `${failed.fn.functionArn}:$LATEST`,
      condition: failed.condition,
      approximateInvokeCount: failed.invokeCount,
    },
    requestPayload: failed.event,
    ...responseContext(failed.result),
    ...(failed.result !== undefined &&
      'payload' in failed.result && { responsePayload: failed.result.payload }),
  };
}

/** Where in its stream a batch stands: the records themselves are not in the message. */
export interface BatchPosition {
  readonly shardId: string;
  readonly streamArn: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  readonly firstArrival: Date;
  readonly lastArrival: Date;
  readonly batchSize: number;
}

export interface FailedBatch {
  readonly fn: FunctionDefinition;
  readonly requestId: string;
  readonly condition: StreamCondition;
  readonly invokeCount: number;
  readonly position: BatchPosition;
  readonly result: InvokeResult | undefined;
  readonly now: Date;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export function streamDestinationRecord(failed: FailedBatch): object {
  const { position } = failed;
  return {
    requestContext: {
      requestId: failed.requestId,
      functionArn: failed.fn.functionArn,
      condition: failed.condition,
      approximateInvokeCount: failed.invokeCount,
    },
    ...responseContext(failed.result),
    version: '1.0',
    timestamp: failed.now.toISOString(),
    DDBStreamBatchInfo: {
      shardId: position.shardId,
      startSequenceNumber: position.startSequenceNumber,
      endSequenceNumber: position.endSequenceNumber,
      approximateArrivalOfFirstRecord: wholeSeconds(position.firstArrival),
      approximateArrivalOfLastRecord: wholeSeconds(position.lastArrival),
      batchSize: position.batchSize,
      streamArn: position.streamArn,
    },
  };
}

/** A function that answered, with failures in a batch, has no functionError. */
function responseContext(result: InvokeResult | undefined): object {
  if (result === undefined || result.outcome === 'throttled') return {};
  return {
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(result.outcome === 'error' && { functionError: result.functionError }),
    },
  };
}

const wholeSeconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');
