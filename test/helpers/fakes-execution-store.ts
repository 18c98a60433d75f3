import type { CheckGuard } from '../../shared/domain/check-guard.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import {
  checkTransition,
  isAllowed,
  isOver,
  isWaiting,
  type Moving,
  type State,
} from '../../shared/domain/lifecycle.ts';
import { type AttemptKey, episodeOf, type Remediation } from '../../shared/domain/remediation.ts';
import type { Changes, Claim, Clock, ExecutionStore, Written } from '../../shared/ports.ts';
import type { FakeCheckStore } from './fakes-check-store.ts';
import type { FakeGuardStore } from './fakes-stores.ts';
import { frozen } from './frozen.ts';

// In memory, and held to the adapter's contract by test/contract/stores/.

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
