import { createHash } from 'node:crypto';
import type { FunctionDefinition, StreamDefinition } from '../../service-definition/service-definition.ts';
import { jsonAnswer } from '../answers.ts';
import type { LambdaOperation } from '../lambda-operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html: all on one page. */
export const listEventSourceMappings: LambdaOperation = async ({ fn }, { requestId }, deps) => {
  const mappings = fn.streams.map(async (stream) => ({
    ...mappingOf(fn, stream),
    EventSourceArn: await deps.streamArnOf(stream.tableName),
  }));
  return jsonAnswer(requestId, { EventSourceMappings: await Promise.all(mappings) });
};

function mappingOf(fn: FunctionDefinition, stream: StreamDefinition): object {
  return {
    UUID: uuidOf(`${fn.functionName} ${stream.tableName}`),
    FunctionArn: fn.functionArn,
    State: 'Enabled',
    StartingPosition: stream.startingPosition,
    BatchSize: stream.batchSize,
    MaximumBatchingWindowInSeconds: stream.batchWindowSeconds,
    ParallelizationFactor: stream.parallelizationFactor,
    BisectBatchOnFunctionError: stream.bisectBatchOnFunctionError,
    MaximumRetryAttempts: stream.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: stream.maximumRecordAgeSeconds,
    FunctionResponseTypes: stream.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(stream.filterPatterns.length === 0
      ? {}
      : {
          FilterCriteria: {
            Filters: stream.filterPatterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })),
          },
        }),
    DestinationConfig: {
      OnFailure: stream.onFailureQueueArn === undefined ? {} : { Destination: stream.onFailureQueueArn },
    },
  };
}

/** The same in every run. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
