import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { createCheckStore } from '../shared/aws/check-store.ts';
import { clock, config, dynamoDb, log } from '../shared/aws/deps.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { findingFrom } from '../shared/sources/registry.ts';

const checks = createCheckStore({ client: dynamoDb, tableName: config.checkTrackerTable, clock });

/** Finding events (EventBridge) to CheckTrackerTable. */
export const handler = middy(async (event: unknown) => {
  const finding = findingFrom(event);
  const outcome = await checks.track(finding);
  metrics.addMetric(outcome === 'written' ? 'FindingTracked' : 'FindingStale', MetricUnit.Count, 1);
  log.info('Tracked', {
    outcome,
    checkName: finding.checkName,
    resource: finding.resource,
    status: finding.status,
  });
}).use(await observe());
