import { clock, config, dynamoDb } from './deps.ts';
import { createExecutionStore } from './execution-store.ts';

export const executions = createExecutionStore({
  client: dynamoDb,
  tableName: config.automationExecutionTrackerTable,
  checkTrackerTable: config.checkTrackerTable,
  guardTable: config.remediationGuardTable,
  clock,
});
