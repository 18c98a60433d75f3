import { type CheckGuard, NO_GUARD } from '../../shared/domain/check-guard.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { RemediationException } from '../../shared/domain/exception.ts';
import { type Finding, findingIdOf, type Status, type TrackedFinding } from '../../shared/domain/finding.ts';
import {
  checkTransition,
  isAllowed,
  isOver,
  isWaiting,
  type Moving,
  type State,
} from '../../shared/domain/lifecycle.ts';
import { type Mapping, mappingFrom, mappingKeysOf } from '../../shared/domain/mapping.ts';
import { type AttemptKey, episodeOf, type Remediation } from '../../shared/domain/remediation.ts';
import type {
  Changes,
  CheckStore,
  Claim,
  Clock,
  ExceptionStore,
  ExecutionStore,
  GuardStore,
  MappingStore,
  Place,
  Written,
} from '../../shared/ports.ts';
import { frozen } from './frozen.ts';

// In memory, and held to the adapters' contract by test/contract/stores/.

const BADNESS: Readonly<Record<Status, number>> = { Green: 0, Yellow: 1, Red: 2 };

export class FakeCheckStore implements CheckStore {
  readonly rows = new Map<string, TrackedFinding>();

  async track(finding: Finding): Promise<'written' | 'stale'> {
    const findingId = findingIdOf(finding);
    const stored = this.rows.get(findingId);
    if (stored) {
      const later = finding.observedAt.getTime() - stored.observedAt.getTime();
      const worse = BADNESS[finding.status] - BADNESS[stored.status];
      if (later < 0 || (later === 0 && worse <= 0)) return 'stale';
    }
    const begins = finding.status !== 'Green' && (stored === undefined || stored.status === 'Green');
    this.rows.set(
      findingId,
      frozen({ ...finding, findingId, episode: (stored?.episode ?? 0) + (begins ? 1 : 0) }),
    );
    return 'written';
  }

  async get(findingId: string): Promise<TrackedFinding | undefined> {
    return this.rows.get(findingId);
  }
}

export class FakeExecutionStore implements ExecutionStore {
  readonly rows = new Map<string, Remediation>();
  readonly #byFinding = new Map<string, Set<string>>();
  readonly #byExecution = new Map<string, Set<string>>();
  readonly #byOpsItem = new Map<string, Set<string>>();
  readonly #checks: FakeCheckStore;
  readonly #guards: FakeGuardStore;
  readonly #clock: Clock;

  constructor(checks: FakeCheckStore, guards: FakeGuardStore, clock: Clock) {
    this.#checks = checks;
    this.#guards = guards;
    this.#clock = clock;
  }

  async claim(remediation: Remediation, guard?: CheckGuard): Promise<Claim> {
    if (this.#isSuperseded(remediation)) return { outcome: 'superseded' };
    const there = this.rows.get(idOf(remediation));
    if (there) return { outcome: 'exists', remediation: there };
    if (guard && !this.#guards.put(remediation.checkName, guard)) return { outcome: 'contended' };
    this.#put(remediation);
    return { outcome: 'claimed' };
  }

  async begin(remediation: Remediation, changes: Changes, guard?: CheckGuard): Promise<Claim> {
    if (this.#isSuperseded(remediation)) return { outcome: 'superseded' };
    const row = this.#row(remediation);
    if (!isWaiting(row.state)) return { outcome: 'exists', remediation: row };
    if (guard && !this.#guards.put(remediation.checkName, guard)) return { outcome: 'contended' };
    await this.transition(remediation, 'Starting', changes);
    return { outcome: 'claimed' };
  }

  #isSuperseded(remediation: Remediation): boolean {
    const finding = this.#checks.rows.get(remediation.findingId);
    return !finding || finding.status === 'Green' || finding.episode !== episodeOf(remediation);
  }

  async listSharers(opsItemId: string, limit?: number): Promise<readonly Remediation[]> {
    return this.#known(this.#byOpsItem, opsItemId)
      .filter((row) => row.sharesOpsItem === true && !isOver(row.state))
      .slice(0, limit);
  }

  async get(key: AttemptKey): Promise<Remediation | undefined> {
    return this.rows.get(idOf(key));
  }

  async listByExecutionId(automationExecutionId: string): Promise<readonly Remediation[]> {
    return this.#known(this.#byExecution, automationExecutionId);
  }

  async list(findingId: string): Promise<readonly Remediation[]> {
    const rows = this.#known(this.#byFinding, findingId);
    return rows.sort((a, b) => (a.attempt < b.attempt ? -1 : 1));
  }

  async listDue(now: Date, limit: number): Promise<readonly Remediation[]> {
    const at = (row: Remediation) => row.nextActionAt ?? '';
    const due = [...this.rows.values()].filter((row) => row.nextActionAt && at(row) <= now.toISOString());
    return due.sort((a, b) => (at(a) < at(b) ? -1 : 1)).slice(0, limit);
  }

  async transition(key: Moving, to: State, changes: Changes): Promise<Written> {
    checkTransition(key, to);
    const row = this.#row(key);
    const moved = isAllowed(row.state, to);
    if (moved) {
      const enteredAt = { ...row.enteredAt, [to]: this.#clock.now().toISOString() };
      this.#write({ ...row, state: to, enteredAt }, changes);
    }
    return { moved, remediation: this.#row(key) };
  }

  async amend(key: AttemptKey, state: State, changes: Changes): Promise<Written> {
    const row = this.#row(key);
    const moved = row.state === state;
    if (moved) this.#write(row, changes);
    return { moved, remediation: this.#row(key) };
  }

  #row(key: AttemptKey): Remediation {
    const row = this.rows.get(idOf(key));
    if (!row) throw new RemediatorError('LIFECYCLE_CONFLICT', `The row ${idOf(key)} is gone.`);
    return row;
  }

  #write(row: Remediation, changes: Changes): void {
    const merged = Object.entries({ ...row, ...defined(changes) });
    // Without what is null, all attributes of a row are still there.
    this.#put(Object.fromEntries(merged.filter(([, value]) => value !== null)) as unknown as Remediation);
  }

  /** Tests take rows out of `rows` alone, so whether an indexed row is there is seen when it is asked for. */
  #put(row: Remediation): void {
    const id = idOf(row);
    const before = this.rows.get(id);
    this.rows.set(id, frozen(row));
    index(this.#byFinding, id, { before: before?.findingId, after: row.findingId });
    index(this.#byExecution, id, { before: before?.automationExecutionId, after: row.automationExecutionId });
    const shared = ({ state, opsItemId }: Remediation) => (isOver(state) ? undefined : opsItemId);
    index(this.#byOpsItem, id, { before: before && shared(before), after: shared(row) });
  }

  #known(map: ReadonlyMap<string, ReadonlySet<string>>, key: string): Remediation[] {
    return [...(map.get(key) ?? [])].flatMap((id) => this.rows.get(id) ?? []);
  }
}

function defined(changes: Changes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

interface Moved {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function index(map: Map<string, Set<string>>, id: string, { before, after }: Moved): void {
  if (before !== undefined && before !== after) map.get(before)?.delete(id);
  if (after !== undefined) map.set(after, (map.get(after) ?? new Set()).add(id));
}

function idOf({ findingId, attempt }: AttemptKey): string {
  return JSON.stringify([findingId, attempt]);
}

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

  async find(checkName: string): Promise<Mapping | RemediatorError | undefined> {
    const row = mappingKeysOf(checkName)
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
      guard: this.checks.get(checkName) ?? NO_GUARD,
      ...(until && until > this.#clock.now() ? { throttledUntil: until } : {}),
    };
  }

  async write(checkName: string, guard: CheckGuard): Promise<boolean> {
    return this.put(checkName, guard);
  }

  put(checkName: string, guard: CheckGuard): boolean {
    if ((this.checks.get(checkName)?.version ?? 0) !== guard.version) return false;
    this.checks.set(checkName, frozen({ ...guard, version: guard.version + 1 }));
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
