import type { Clock } from '../../clock.ts';
import type { EventPublisher } from '../../events/event.ts';
import type { Ids } from '../../ids.ts';
import type { RequestContext } from '../../service.ts';
import { opsItemExists, opsItemLimitExceeded, opsItemNotFound } from './errors.ts';
import { dedupStringOf, isUnresolved, type OpsItem } from './ops-item.ts';

const OPS_ITEM_ID_DIGITS = 12;

export interface OpsItemStoreDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limit: number;
}

/** An OpsItem and its rank in the order of creation, by which lists are paged. */
export interface StoredOpsItem {
  readonly item: OpsItem;
  readonly rank: number;
}

export class OpsItemStore {
  readonly #deps: OpsItemStoreDeps;
  readonly #items = new Map<string, StoredOpsItem>();
  /** Unresolved OpsItems by dedup string. */
  readonly #unresolved = new Map<string, string>();
  #rank = 0;

  constructor(deps: OpsItemStoreDeps) {
    this.#deps = deps;
  }

  now(): Date {
    return this.#deps.clock.now();
  }

  /** A new ID and the ARN that goes with it. */
  newIdentity({ region, accountId }: RequestContext): Pick<OpsItem, 'OpsItemId' | 'OpsItemArn'> {
    let id: string;
    do id = `oi-${this.#deps.ids.hex(OPS_ITEM_ID_DIGITS)}`;
    while (this.#items.has(id));
    return { OpsItemId: id, OpsItemArn: `arn:aws:ssm:${region}:${accountId}:opsitem/${id}` };
  }

  /** @throws AwsError OpsItemLimitExceededException, OpsItemAlreadyExistsException */
  assertRoomFor(item: Pick<OpsItem, 'OperationalData'>): void {
    this.#assertNoDuplicate(dedupStringOf(item));
    if (this.#items.size >= this.#deps.limit) throw opsItemLimitExceeded(this.#deps.limit);
  }

  add(item: OpsItem): void {
    this.#rank += 1;
    this.#items.set(item.OpsItemId, { item, rank: this.#rank });
    this.#index(item);
  }

  /** @throws AwsError OpsItemNotFoundException */
  get(opsItemId: string): OpsItem {
    return this.#stored(opsItemId).item;
  }

  /** @throws AwsError OpsItemAlreadyExistsException when another unresolved one has the same dedup string */
  replace(item: OpsItem): void {
    const stored = this.#stored(item.OpsItemId);
    if (isUnresolved(item)) this.#assertNoDuplicate(dedupStringOf(item), item.OpsItemId);
    this.#unindex(stored.item);
    this.#items.set(item.OpsItemId, { item, rank: stored.rank });
    this.#index(item);
  }

  newestFirst(): StoredOpsItem[] {
    return [...this.#items.values()].reverse();
  }

  #stored(opsItemId: string): StoredOpsItem {
    const stored = this.#items.get(opsItemId);
    if (!stored) throw opsItemNotFound(opsItemId);
    return stored;
  }

  #assertNoDuplicate(dedup: string | undefined, except?: string): void {
    const existing = dedup === undefined ? undefined : this.#unresolved.get(dedup);
    if (existing !== undefined && existing !== except) throw opsItemExists(existing);
  }

  #index(item: OpsItem): void {
    const dedup = dedupStringOf(item);
    if (dedup !== undefined && isUnresolved(item)) this.#unresolved.set(dedup, item.OpsItemId);
  }

  #unindex(item: OpsItem): void {
    const dedup = dedupStringOf(item);
    if (dedup !== undefined && isUnresolved(item)) this.#unresolved.delete(dedup);
  }
}

/** What the operations of OpsCenter work with. */
export interface OpsCenterParts {
  readonly store: OpsItemStore;
  readonly events: EventPublisher;
  readonly tags: TagWriter;
}

/** Where the tags of a new OpsItem go. */
export interface TagWriter {
  set(type: string, id: string, tags: { Key: string; Value: string }[]): void;
}
