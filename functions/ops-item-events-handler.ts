import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { log } from '../shared/aws/deps.ts';
import { handleResultDeps } from '../shared/aws/handle-result-deps.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { opsItemWordFrom } from '../shared/sources/systems-manager.ts';
import { answerOpsItem } from '../shared/use-cases/answer-ops-item.ts';

/** A person's word on an OpsItem: resolved, or an answer in its operational data. */
export const handler = middy(async (event: unknown) => {
  const word = opsItemWordFrom(event);
  const outcome = await answerOpsItem(handleResultDeps, word);
  metrics.addMetric('ResolvedByPerson', MetricUnit.Count, outcome === 'resolved' ? 1 : 0);
  metrics.addMetric('ApprovedByPerson', MetricUnit.Count, outcome === 'approved' ? 1 : 0);
  log.info('OpsItem event', { outcome, opsItemId: word.opsItemId, by: word.by });
}).use(await observe());
