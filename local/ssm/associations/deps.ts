import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Operation } from '../../service.ts';
import type { AssociationStore } from './association-store.ts';

export interface AssociationOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Systems Manager's own operations, asked at each call: an association is applied by Run Command. */
  readonly operations: () => Readonly<Record<string, Operation>>;
  /** Whether Systems Manager reaches an instance. @default all that are named */
  readonly isManaged?: (instanceId: string, region: string) => boolean | Promise<boolean>;
}

export interface AssociationDeps extends AssociationOptions {
  readonly store: AssociationStore;
}
