import type { Clock } from '../../clock.ts';
import type { EventPublisher } from '../../events/event.ts';
import type { Ids } from '../../ids.ts';
import type { Operation } from '../../service.ts';
import { createOpsItem } from './operations/create-ops-item.ts';
import { describeOpsItems } from './operations/describe-ops-items.ts';
import { getOpsItem } from './operations/get-ops-item.ts';
import { updateOpsItem } from './operations/update-ops-item.ts';
import { type OpsCenterParts, OpsItemStore, type TagWriter } from './store.ts';

export interface OpsCenterDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventPublisher;
  readonly tags: TagWriter;
  /** How many OpsItems there may be. @default 500,000, the quota of an account */
  readonly limit?: number;
}

const QUOTA = 500_000;

/** OpsCenter of Systems Manager: operations to be put into the service `AmazonSSM`. */
export function createOpsCenter({ clock, ids, events, tags, limit = QUOTA }: OpsCenterDeps): {
  operations: Record<string, Operation>;
} {
  const parts: OpsCenterParts = { store: new OpsItemStore({ clock, ids, limit }), events, tags };
  return {
    operations: {
      CreateOpsItem: createOpsItem(parts),
      GetOpsItem: getOpsItem(parts),
      UpdateOpsItem: updateOpsItem(parts),
      DescribeOpsItems: describeOpsItems(parts),
    },
  };
}
