import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { remediationRowFrom } from '../shared/aws/remediation-image.ts';
import { stateEventDeps } from '../shared/aws/state-event-deps.ts';
import type { Image } from '../shared/aws/tracked-finding.ts';
import { type StateEvent, stateEventsOf } from '../shared/domain/state-event.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { publishStateEvents } from '../shared/use-cases/publish-state-events.ts';

/** AutomationExecutionTrackerTable's stream to the bus: every change of state is an event. docs/events.md */
export const handler = middy(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const changes = Records.map((record) => ({
    itemIdentifier: record.dynamodb?.SequenceNumber ?? '',
    findingId: record.dynamodb?.Keys?.findingId?.S ?? '',
    events: eventsOf(record),
  }));
  const failed = await publishStateEvents(stateEventDeps, changes);
  metrics.addMetric('StateEventRecordFailed', MetricUnit.Count, failed.size);
  return {
    batchItemFailures: changes
      .filter((change) => failed.has(change))
      .map(({ itemIdentifier }) => ({ itemIdentifier })),
  };
}).use(await observe());

function eventsOf({ dynamodb }: DynamoDBRecord): readonly (StateEvent | Error)[] {
  const { OldImage, NewImage, ApproximateCreationDateTime = 0 } = dynamodb ?? {};
  // The same shape by another package's types.
  const row = (image: typeof NewImage) => image && remediationRowFrom(image as Image);
  try {
    const writtenAt = new Date(ApproximateCreationDateTime * 1000);
    return stateEventsOf({ before: row(OldImage), after: row(NewImage), writtenAt });
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}
