import type { Clock } from '../../../clock.ts';
import type { Ids } from '../../../ids.ts';
import type { DocumentStore } from '../../documents/document-store.ts';
import type { ParameterLookup } from '../../parameters/parameters.ts';
import type { TagStore } from '../../tags/tag-store.ts';
import type { AutomationEngine } from '../engine.ts';
import type { ExecutionStore } from '../execution-store.ts';

/** What the Automation operations work on. */
export interface OperationDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly engine: AutomationEngine;
  readonly executions: ExecutionStore;
  readonly documents: DocumentStore;
  readonly parameters: ParameterLookup;
  readonly tags: TagStore;
}
