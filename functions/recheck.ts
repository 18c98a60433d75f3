import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { log } from '../shared/aws/deps.ts';
import { recheckDeps } from '../shared/aws/recheck-deps.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { verificationFrom } from '../shared/sources/state-change.ts';
import { recheckFinding } from '../shared/use-cases/recheck-finding.ts';

/** Our own event "to Verifying" to the source, which is asked to look again. */
export const handler = middy(async (event: unknown) => {
  const verification = verificationFrom(event);
  const outcome = await recheckFinding(recheckDeps, verification);
  metrics.addMetric('SourceAsked', MetricUnit.Count, outcome === 'asked' ? 1 : 0);
  log.info('Recheck', { outcome, ...verification });
}).use(await observe());
