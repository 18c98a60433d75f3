import { capture } from '../observability/tracer.ts';
import type { HandleResultDeps } from '../use-cases/handle-result.ts';
import { createTagging } from './clients.ts';
import { clock, config, dynamoDb, log, ssm } from './deps.ts';
import { createExecutionStore } from './execution-store.ts';
import { createMappingStore } from './mapping-store.ts';
import { createOpsItems } from './ops-items.ts';
import { createRunbooks } from './runbooks.ts';
import { createTags } from './tags.ts';

/** The adapters of the two functions that may start a runbook. */
export const handleResultDeps: HandleResultDeps = {
  mappings: createMappingStore({ client: dynamoDb, tableName: config.automationMappingTable, clock }),
  executions: createExecutionStore({
    client: dynamoDb,
    tableName: config.automationExecutionTrackerTable,
    checkTrackerTable: config.checkTrackerTable,
    clock,
  }),
  runbooks: createRunbooks(ssm, clock),
  opsItems: createOpsItems(ssm),
  tags: createTags(createTagging(capture)),
  clock,
  log,
};
