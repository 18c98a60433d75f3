import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { log } from '../shared/aws/deps.ts';
import { handleResultDeps } from '../shared/aws/handle-result-deps.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { reconcile } from '../shared/use-cases/reconcile.ts';

/** Every minute: what a lost event or a crash left undone. */
export const handler = middy(async () => {
  const { looked, failures } = await reconcile(handleResultDeps);
  metrics.addMetric('Reconciled', MetricUnit.Count, looked - failures.length);
  log.info('Reconciled', { looked, failed: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${looked} rows failed`);
}).use(await observe());
