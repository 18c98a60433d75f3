import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { createCheckStore } from '../shared/aws/check-store.ts';
import { clock, config, dynamoDb, log } from '../shared/aws/deps.ts';
import type { Finding } from '../shared/domain/finding.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { readingsOf } from '../shared/sources/registry.ts';

const checks = createCheckStore({ client: dynamoDb, tableName: config.checkTrackerTable, clock });

/** Finding events (EventBridge, SNS) to CheckTrackerTable. All findings of an event are tried before one that failed is told. */
export const handler = middy(async (event: unknown) => {
  const tracked = await Promise.allSettled(readingsOf(event, config).map(async (read) => track(read())));
  const failures = tracked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (failures.length > 1) {
    for (const error of failures) log.error('Not tracked', { error });
    throw new AggregateError(failures, `${failures.length} of ${tracked.length} findings failed`);
  }
  if (failures.length === 1) throw failures[0];
}).use(await observe());

async function track(finding: Finding): Promise<void> {
  const outcome = await checks.track(finding);
  metrics.addMetric(outcome === 'written' ? 'FindingTracked' : 'FindingStale', MetricUnit.Count, 1);
  log.info('Tracked', {
    outcome,
    checkName: finding.checkName,
    resource: finding.resource,
    status: finding.status,
  });
}
