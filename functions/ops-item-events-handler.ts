import { MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { log } from '../shared/aws/deps.ts';
import { executions } from '../shared/aws/executions.ts';
import { opsItems } from '../shared/aws/systems-manager.ts';
import { metrics } from '../shared/observability/metrics.ts';
import { observe } from '../shared/observability/observe.ts';
import { resolvedOpsItemFrom } from '../shared/sources/systems-manager.ts';
import { resolveByPerson } from '../shared/use-cases/resolve-by-person.ts';

/** A person's word on an OpsItem: resolved. */
export const handler = middy(async (event: unknown) => {
  const opsItem = resolvedOpsItemFrom(event);
  const outcome = await resolveByPerson({ executions, opsItems }, opsItem);
  metrics.addMetric('ResolvedByPerson', MetricUnit.Count, outcome === 'resolved' ? 1 : 0);
  log.info('OpsItem event', { outcome, opsItemId: opsItem.opsItemId });
}).use(await observe());
