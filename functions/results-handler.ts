import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../shared/aws/deps.ts';
import { handleResultDeps } from '../shared/aws/handle-result-deps.ts';
import { type Image, trackedFindingFrom } from '../shared/aws/tracked-finding.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { handleResult } from '../shared/use-cases/handle-result.ts';
import { inOrder } from '../shared/use-cases/in-order.ts';

/** CheckTrackerTable's stream to decisions, OpsItems and runbooks. A record that fails is retried alone. */
export const handler = middy(async (event: DynamoDBStreamEvent, context: Context) => {
  const handleRecord = inOrder(keyOf, handle);
  return processPartialResponse(event, handleRecord, new BatchProcessor(EventType.DynamoDBStreams), {
    context,
    throwOnFullBatchFailure: false,
  });
}).use(await observe());

async function handle(record: DynamoDBRecord): Promise<void> {
  try {
    // The same shape by another package's types.
    const finding = trackedFindingFrom(record.dynamodb?.NewImage as Image | undefined);
    const outcome = await handleResult(handleResultDeps, finding);
    metrics.addMetric('ResultHandled', MetricUnit.Count, 1);
    log.info('Handled', { outcome, findingId: finding.findingId, status: finding.status });
  } catch (error) {
    metrics.addMetric('ResultFailed', MetricUnit.Count, 1);
    log.error('The record failed', { eventID: record.eventID, keys: record.dynamodb?.Keys, error });
    throw error;
  }
}

function keyOf(record: DynamoDBRecord): string {
  return record.dynamodb?.Keys?.findingId?.S ?? record.eventID ?? '';
}
