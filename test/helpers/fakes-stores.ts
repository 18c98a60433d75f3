import { type CheckGuard, NO_GUARD } from '../../shared/domain/check-guard.ts';
import { plainNameOf } from '../../shared/domain/check-names.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { RemediationException } from '../../shared/domain/exception.ts';
import type { CheckNames } from '../../shared/domain/finding.ts';
import { type Mapping, mappingFrom, mappingKeysOf } from '../../shared/domain/mapping.ts';
import type { Clock, ExceptionStore, GuardStore, MappingStore, Place } from '../../shared/ports.ts';
import { frozen } from './frozen.ts';

// In memory, and held to the adapters' contract by test/contract/stores/.

type Row = Readonly<Record<string, unknown>>;
type Parsed = Mapping | RemediatorError;

function parsed(row: Row, defaults: Row | undefined): Parsed {
  try {
    return mappingFrom(row, defaults);
  } catch (error) {
    if (error instanceof RemediatorError) return error;
    throw error;
  }
}

export class FakeMappingStore implements MappingStore {
  readonly rows = new Map<string, Row>();
  #last: { readonly row: Row; readonly defaults: Row | undefined; readonly mapping: Parsed } | undefined;

  put(...rows: readonly Readonly<Record<string, unknown>>[]): this {
    for (const row of rows) this.rows.set(String(row.checkName), structuredClone(row));
    return this;
  }

  async find(check: CheckNames | string): Promise<Mapping | RemediatorError | undefined> {
    const row = mappingKeysOf(check)
      .map((key) => this.rows.get(key))
      .find((each) => each !== undefined);
    if (row === undefined) return undefined;
    const defaults = this.rows.get('*');
    if (this.#last?.row !== row || this.#last.defaults !== defaults)
      this.#last = { row, defaults, mapping: parsed(row, defaults) };
    return this.#last.mapping;
  }
}

export class FakeGuardStore implements GuardStore {
  readonly checks = new Map<string, CheckGuard>();
  readonly throttled = new Map<string, Date>();
  /** New OpsItems that a month allows each account. */
  opsItemBudget = 9000;
  readonly #opsItems = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async read(checkName: string, place: Place): Promise<{ guard: CheckGuard; throttledUntil?: Date }> {
    const until = this.throttled.get(placeOf(place));
    return {
      guard: this.checks.get(plainNameOf(checkName)) ?? NO_GUARD,
      ...(until && until > this.#clock.now() ? { throttledUntil: until } : {}),
    };
  }

  async write(checkName: string, guard: CheckGuard): Promise<boolean> {
    return this.put(checkName, guard);
  }

  put(checkName: string, guard: CheckGuard): boolean {
    if ((this.checks.get(plainNameOf(checkName))?.version ?? 0) !== guard.version) return false;
    this.checks.set(plainNameOf(checkName), frozen({ ...guard, version: guard.version + 1 }));
    return true;
  }

  async throttle(place: Place, until: Date): Promise<void> {
    this.throttled.set(placeOf(place), until);
  }

  async takeOpsItem({ account }: Place): Promise<boolean> {
    const key = `${account} ${this.#clock.now().toISOString().slice(0, 7)}`;
    const taken = this.#opsItems.get(key) ?? 0;
    if (taken >= this.opsItemBudget) return false;
    this.#opsItems.set(key, taken + 1);
    return true;
  }
}

function placeOf({ account, region }: Place): string {
  return `${account} ${region}`;
}

export class FakeExceptionStore implements ExceptionStore {
  readonly rows: RemediationException[] = [];

  async list(): Promise<readonly RemediationException[]> {
    return structuredClone(this.rows);
  }
}
