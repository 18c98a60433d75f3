import { type Finding, findingIdOf, type TrackedFinding } from '../../shared/domain/finding.ts';
import type { Remediation } from '../../shared/domain/remediation.ts';
import type { CloseOutcome } from '../../shared/use-cases/close-attempt.ts';
import { closeExecution } from '../../shared/use-cases/close-execution.ts';
import { handleResult, type ResultOutcome } from '../../shared/use-cases/handle-result.ts';
import { type ReconcileDeps, type ReconcileReport, reconcile } from '../../shared/use-cases/reconcile.ts';
import { FakeClock, FakeLog } from './fakes.ts';
import { FakeCheckStore } from './fakes-check-store.ts';
import { FakeExecutionStore } from './fakes-execution-store.ts';
import { Faults } from './fakes-faults.ts';
import { FakeExceptionStore, FakeGuardStore, FakeMappingStore } from './fakes-stores.ts';
import {
  FakeCalendars,
  type FakeExecution,
  FakeOpsItems,
  FakeRunbooks,
  FakeTags,
} from './fakes-systems-manager.ts';
import { ACCOUNT, aFinding, aMappingRow, aRunbook, RUNBOOK } from './findings.ts';

/** The whole pipeline over fakes: events go in, records come out of the stream, calls are written down. */
export class World {
  readonly clock = new FakeClock();
  readonly log = new FakeLog();
  readonly faults = new Faults();
  readonly checks = new FakeCheckStore();
  readonly mappings = new FakeMappingStore();
  readonly exceptions = new FakeExceptionStore();
  readonly guards = new FakeGuardStore(this.clock);
  readonly executions = new FakeExecutionStore(this.checks, this.guards, this.clock);
  readonly calendars = new FakeCalendars();
  /** Other accounts in which there is a role for us. */
  readonly otherAccounts = new Set<string>();
  readonly runbooks = new FakeRunbooks();
  readonly opsItems = new FakeOpsItems();
  readonly tags = new FakeTags();
  readonly deps: ReconcileDeps = {
    checks: this.faults.watch('checks', this.checks),
    mappings: this.faults.watch('mappings', this.mappings),
    executions: this.faults.watch('executions', this.executions),
    runbooks: this.faults.watch('runbooks', this.runbooks),
    opsItems: this.faults.watch('opsItems', this.opsItems),
    tags: this.faults.watch('tags', this.tags),
    exceptions: this.faults.watch('exceptions', this.exceptions),
    guards: this.faults.watch('guards', this.guards),
    calendars: this.faults.watch('calendars', this.calendars),
    accounts: { reaches: async (account) => account === ACCOUNT || this.otherAccounts.has(account) },
    clock: this.clock,
    log: this.log,
  };

  /** Tracks an event's finding. @returns the stream's record, if the write changed anything */
  async track(changes: Partial<Finding> = {}): Promise<TrackedFinding | undefined> {
    const finding = aFinding(changes);
    if ((await this.checks.track(finding)) === 'stale') return undefined;
    return this.checks.rows.get(findingIdOf(finding));
  }

  /** Tracks an event's finding that is new, which the test relies on. */
  async record(changes: Partial<Finding> = {}): Promise<TrackedFinding> {
    const record = await this.track(changes);
    if (!record) throw new Error('The event was stale');
    return record;
  }

  handle(record: TrackedFinding): Promise<ResultOutcome> {
    return handleResult(this.deps, record);
  }

  /** An event through check-tracker, stream and results-handler. */
  async pass(changes: Partial<Finding> = {}): Promise<ResultOutcome | 'stale'> {
    const record = await this.track(changes);
    return record ? this.handle(record) : 'stale';
  }

  close({ id, status, account, region }: FakeExecution): Promise<CloseOutcome> {
    return closeExecution(this.deps, { automationExecutionId: id, status, account, region });
  }

  reconcile(): Promise<ReconcileReport> {
    return reconcile(this.deps);
  }

  get remediations(): Remediation[] {
    return structuredClone([...this.executions.rows.values()]);
  }

  get states(): string[] {
    return this.remediations.map(({ state }) => state);
  }

  /** The one remediation that there is. */
  get remediation(): Remediation {
    const [only, ...others] = this.remediations;
    if (!only || others.length > 0) throw new Error(`There are ${this.remediations.length} remediations`);
    return only;
  }
}

/** A world with the use case's mapping and runbook. */
export function aWorld(mapping: Readonly<Record<string, unknown>> = {}): World {
  const world = new World();
  world.mappings.put(aMappingRow(mapping));
  world.runbooks.documents.set(RUNBOOK, aRunbook());
  return world;
}

/** The same without a mapping. */
export function aWorldWithoutMapping(): World {
  const world = aWorld();
  world.mappings.rows.clear();
  return world;
}
