import middy from '@middy/core';
import { clock, config, dynamoDb, log, ssm } from '../shared/aws/deps.ts';
import { createExecutionStore } from '../shared/aws/execution-store.ts';
import { createOpsItems } from '../shared/aws/ops-items.ts';
import { observe } from '../shared/observability/observe.ts';
import { resolvedOpsItemFrom } from '../shared/sources/systems-manager.ts';
import { resolveByPerson } from '../shared/use-cases/resolve-by-person.ts';

const deps = {
  executions: createExecutionStore({
    client: dynamoDb,
    tableName: config.automationExecutionTrackerTable,
    checkTrackerTable: config.checkTrackerTable,
    clock,
  }),
  opsItems: createOpsItems(ssm),
};

/** A person's word on an OpsItem: resolved. */
export const handler = middy(async (event: unknown) => {
  const opsItem = resolvedOpsItemFrom(event);
  const outcome = await resolveByPerson(deps, opsItem);
  log.info('OpsItem event', { outcome, opsItemId: opsItem.opsItemId });
}).use(await observe());
