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

type Place = Pick<RequestContext, 'region' | 'accountId'>;

/** An OpsItem and its rank in the order of creation, by which lists are paged. */
export interface StoredOpsItem {
  readonly item: OpsItem;
  readonly rank: number;
}

/** The OpsItems of all regions; each is seen from its own only. */
export class OpsItemStore {
  readonly #deps: OpsItemStoreDeps;
  readonly #items = new Map<string, StoredOpsItem>();
  /** Unresolved OpsItems by region and dedup string. */
  readonly #unresolved = new Map<string, string>();
  #rank = 0;

  constructor(deps: OpsItemStoreDeps) {
    this.#deps = deps;
  }

  now(): Date {
    return this.#deps.clock.now();
  }

  /** A new ID and the ARN that goes with it. */
  newIdentity({ region, accountId }: Place): Pick<OpsItem, 'OpsItemId' | 'OpsItemArn'> {
    let id: string;
    do id = `oi-${this.#deps.ids.hex(OPS_ITEM_ID_DIGITS)}`;
    while (this.#items.has(id));
    return { OpsItemId: id, OpsItemArn: `arn:aws:ssm:${region}:${accountId}:opsitem/${id}` };
  }

  /** @throws AwsError OpsItemLimitExceededException, OpsItemAlreadyExistsException */
  assertRoomFor(item: Pick<OpsItem, 'OperationalData'>, place: Place): void {
    this.#assertNoDuplicate(dedupStringOf(item), { place });
    if (this.#items.size >= this.#deps.limit) throw opsItemLimitExceeded(this.#deps.limit);
  }

  add(item: OpsItem, place: Place): void {
    this.#rank += 1;
    this.#items.set(item.OpsItemId, { item, rank: this.#rank });
    this.#index(item, place);
  }

  /** @throws AwsError OpsItemNotFoundException */
  get(opsItemId: string, { region, accountId }: Place): OpsItem {
    const stored = this.#items.get(opsItemId);
    if (stored?.item.OpsItemArn !== `arn:aws:ssm:${region}:${accountId}:opsitem/${opsItemId}`) {
      throw opsItemNotFound(opsItemId);
    }
    return stored.item;
  }

  /** @throws AwsError OpsItemAlreadyExistsException when another unresolved one has the same dedup string */
  replace(item: OpsItem, place: Place): void {
    const stored = this.#items.get(item.OpsItemId);
    if (!stored) throw opsItemNotFound(item.OpsItemId);
    if (isUnresolved(item)) this.#assertNoDuplicate(dedupStringOf(item), { place, except: item.OpsItemId });
    this.#unindex(stored.item, place);
    this.#items.set(item.OpsItemId, { item, rank: stored.rank });
    this.#index(item, place);
  }

  /** Those of a region, newest first. */
  newestFirst({ region }: Place): StoredOpsItem[] {
    return [...this.#items.values()]
      .filter(({ item }) => item.OpsItemArn.split(':')[3] === region)
      .sort((a, b) => b.rank - a.rank);
  }

  #assertNoDuplicate(dedup: string | undefined, { place, except }: { place: Place; except?: string }): void {
    const existing = dedup === undefined ? undefined : this.#unresolved.get(keyOf(place, dedup));
    if (existing !== undefined && existing !== except) throw opsItemExists(existing);
  }

  #index(item: OpsItem, place: Place): void {
    const dedup = dedupStringOf(item);
    if (dedup !== undefined && isUnresolved(item)) this.#unresolved.set(keyOf(place, dedup), item.OpsItemId);
  }

  #unindex(item: OpsItem, place: Place): void {
    const dedup = dedupStringOf(item);
    if (dedup !== undefined && isUnresolved(item)) this.#unresolved.delete(keyOf(place, dedup));
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

function keyOf({ region }: Place, dedupString: string): string {
  return JSON.stringify([region, dedupString]);
}
