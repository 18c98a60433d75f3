import type { HandleResultDeps } from '../use-cases/handle-result.ts';
import { accounts, clientOptions } from './client-options.ts';
import { createTagging } from './clients.ts';
import { closeExecutionDeps } from './close-execution-deps.ts';
import { clock, config, dynamoDb } from './deps.ts';
import { createExceptionStore } from './exception-store.ts';
import { createMappingStore } from './mapping-store.ts';
import { calendars } from './systems-manager.ts';
import { createTags } from './tags.ts';

/** The adapters of the functions that may start a runbook. */
export const handleResultDeps: HandleResultDeps = {
  ...closeExecutionDeps,
  mappings: createMappingStore({ client: dynamoDb, tableName: config.automationMappingTable, clock }),
  exceptions: createExceptionStore({ client: dynamoDb, tableName: config.remediationExceptionTable, clock }),
  calendars,
  tags: createTags(createTagging(clientOptions)),
  accounts,
};
