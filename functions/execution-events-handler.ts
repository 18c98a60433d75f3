import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { accounts } from '../shared/aws/client-options.ts';
import { closeExecutionDeps } from '../shared/aws/close-execution-deps.ts';
import { log } from '../shared/aws/deps.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { executionEndFrom } from '../shared/sources/systems-manager.ts';
import { closeExecution } from '../shared/use-cases/close-execution.ts';

/** SSM Automation status events to the OpsItem and the row. */
export const handler = middy(async (event: unknown) => {
  const end = executionEndFrom(event);
  // Where there is no role for us, nothing is ours, and nothing could be read.
  const isOurs = await accounts.reaches(end.account);
  const outcome = isOurs ? await closeExecution(closeExecutionDeps, end) : 'not ours';
  metrics.addMetric('RemediationSucceeded', MetricUnit.Count, outcome === 'resolved' ? 1 : 0);
  metrics.addMetric('RemediationFailed', MetricUnit.Count, outcome === 'left open' ? 1 : 0);
  log.info('Execution event', { outcome, ...end });
}).use(await observe());
