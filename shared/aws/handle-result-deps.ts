import { capture } from '../observability/tracer.ts';
import type { HandleResultDeps } from '../use-cases/handle-result.ts';
import { createTagging } from './clients.ts';
import { clock, config, dynamoDb, log } from './deps.ts';
import { executions } from './executions.ts';
import { createMappingStore } from './mapping-store.ts';
import { opsItems, runbooks } from './systems-manager.ts';
import { createTags } from './tags.ts';

/** The adapters of the two functions that may start a runbook. */
export const handleResultDeps: HandleResultDeps = {
  mappings: createMappingStore({ client: dynamoDb, tableName: config.automationMappingTable, clock }),
  executions,
  runbooks,
  opsItems,
  tags: createTags(createTagging(capture)),
  clock,
  log,
};
