import { createCheckReader } from './check-reader.ts';
import { toldIn } from './client-options.ts';
import { clock, config, dynamoDb, log } from './deps.ts';
import { executions } from './executions.ts';
import { createGuardStore } from './guard-store.ts';
import { opsItems, runbooks } from './systems-manager.ts';

/** The adapters of every function that ends remediations. */
export const closeExecutionDeps = {
  checks: createCheckReader({ client: dynamoDb, tableName: config.checkTrackerTable }),
  executions,
  guards: createGuardStore({
    client: dynamoDb,
    tableName: config.remediationGuardTable,
    clock,
    opsItemBudget: config.opsItemBudget,
    toldIn,
  }),
  runbooks,
  opsItems,
  clock,
  log,
};
