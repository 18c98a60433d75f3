import type { CheckGuard } from './domain/check-guard.ts';
import type { CalendarState } from './domain/circumstances.ts';
import type { RemediatorError } from './domain/errors.ts';
import type { RemediationException } from './domain/exception.ts';
import type { CheckNames, Finding, TrackedFinding } from './domain/finding.ts';
import type { Moving, State } from './domain/lifecycle.ts';
import type { Mapping } from './domain/mapping.ts';
import type { AttemptKey, BatchMembership, Remediation } from './domain/remediation.ts';
import type { Runbook } from './domain/runbook.ts';
import type { StateEvent } from './domain/state-event.ts';
import type { RunbookParameters } from './domain/template.ts';

export interface Clock {
  now(): Date;
  sleep(ms: number): Promise<void>;
}

/** CheckTrackerTable, for those that only read it. */
export interface CheckReader {
  get(findingId: string): Promise<TrackedFinding | undefined>;
}

/** CheckTrackerTable. */
export interface CheckStore extends CheckReader {
  /** Writes the finding unless what is stored is as new or newer: one conditional write, no read. */
  track(finding: Finding): Promise<'written' | 'stale'>;
}

/** AutomationMappingTable. */
export interface MappingStore {
  /**
   * The check's mapping together with the row `*`; at most 60 s old.
   * @returns undefined: there is no row. An error: there is one, and it is broken.
   * @throws where the table cannot be read: that is never "no mapping"
   */
  find(check: CheckNames | string): Promise<Mapping | RemediatorError | undefined>;
}

export type Claim =
  | { readonly outcome: 'claimed' }
  /** The attempt has a row already. */
  | { readonly outcome: 'exists'; readonly remediation: Remediation }
  /** The finding is Green by now, or in a later episode: the record is history. */
  | { readonly outcome: 'superseded' }
  /** The check's counters have changed since they were read: read them anew. */
  | { readonly outcome: 'contended' };

export interface Written {
  /** Whether the row was changed. */
  readonly moved: boolean;
  /** The row as it is afterwards. */
  readonly remediation: Remediation;
}

/** What a transition writes beside the state. */
export type Changes = Partial<
  Pick<
    Remediation,
    | 'stateReason'
    | 'reasonCode'
    | 'reasonSince'
    | 'arrived'
    | 'observedAt'
    | 'document'
    | 'parameters'
    | 'policy'
    | 'answerBy'
    | 'approval'
    | 'opsItemId'
    | 'sharesOpsItem'
    | 'reopened'
    | 'automationExecutionId'
    | 'succeededAt'
  >
> & { readonly nextActionAt?: string | null; readonly batch?: BatchMembership | null };

/** AutomationExecutionTrackerTable. */
export interface ExecutionStore {
  /**
   * Puts the row unless the attempt has one, and only while the finding is still Red or Yellow in this episode;
   * in the same transaction the check's counters, where the claim changes them.
   */
  claim(remediation: Remediation, guard?: CheckGuard): Promise<Claim>;
  /**
   * Moves a waiting row to Starting, under the same conditions and with the counters.
   * `exists`: the row is not waiting (any more).
   */
  begin(remediation: Remediation, changes: Changes, guard?: CheckGuard): Promise<Claim>;
  get(key: AttemptKey): Promise<Remediation | undefined>;
  /** One row, or those of a rate-controlled execution whose children's IDs are not known yet. May lag behind by a second. */
  listByExecutionId(automationExecutionId: string): Promise<readonly Remediation[]>;
  /** Every attempt at the finding, oldest first. */
  list(findingId: string): Promise<readonly Remediation[]>;
  /** The rows, not over yet, for which a shared OpsItem stands: at most `limit` of them. May lag behind by a second. */
  listSharers(opsItemId: string, limit?: number): Promise<readonly Remediation[]>;
  /** What is due for the reconciler, oldest first. */
  listDue(now: Date, limit: number): Promise<readonly Remediation[]>;
  /**
   * Moves the row to a state, if the transition table allows it from the state that it is in by now.
   * @throws RemediatorError TRANSITION_ILLEGAL where it does not from the one in which it was read; LIFECYCLE_CONFLICT
   * where there is no such row
   */
  transition(row: Moving, to: State, changes: Changes): Promise<Written>;
  /**
   * Changes the row, if it still is in `state`.
   * @throws RemediatorError LIFECYCLE_CONFLICT where there is no such row
   */
  amend(key: AttemptKey, state: State, changes: Changes): Promise<Written>;
}

/** RemediationExceptionTable. */
export interface ExceptionStore {
  /** All of them, those that have ended too; at most 10 s old. */
  list(): Promise<readonly RemediationException[]>;
}

/** RemediationGuardTable: what is counted. */
export interface GuardStore {
  /** The check's counters, and until when no more starts are taken in a place. One read. */
  read(
    checkName: string,
    place: Place,
  ): Promise<{ readonly guard: CheckGuard; readonly throttledUntil?: Date }>;
  /** @returns false where the counters have changed since they were read */
  write(checkName: string, guard: CheckGuard): Promise<boolean>;
  /** Systems Manager took no more starts: nobody is to ask until then. */
  throttle(place: Place, until: Date): Promise<void>;
  /** Counts one OpsItem of this month. @returns false where the month's budget is spent */
  takeOpsItem(place: Place): Promise<boolean>;
}

/** SSM Change Calendars. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html */
export interface Calendars {
  /** Open where all of them are. @throws where they cannot be read: that is never "open" */
  stateOf(names: readonly string[], place: Place): Promise<CalendarState>;
}

/** The accounts in which Remediator may act. */
export interface Accounts {
  /**
   * Whether Remediator may act there: its role can be assumed.
   * @throws where that cannot be found out now: an error is never a decision
   */
  reaches(account: string): Promise<boolean>;
}

/** `asked already`: since the given time, for another finding. `refused`: no retry mends that. */
export type RecheckAnswer = 'asked' | 'asked already' | 'cannot be asked' | 'refused';

/** Asks a source to look at a finding again. */
export interface Recheck {
  /**
   * @param since what the source began to see earlier is of no use
   * @throws RemediatorError SOURCE_BUSY where it can be asked later
   */
  ask(finding: TrackedFinding, since: Date): Promise<RecheckAnswer>;
}

/** Where a call goes. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface StartRequest extends Place {
  readonly document: string;
  readonly parameters: RunbookParameters;
  /** 36 characters. */
  readonly clientToken: string;
  readonly tags: Readonly<Record<string, string>>;
  /** One child for each value of a parameter, which `parameters` leaves out. */
  readonly rateControl?: RateControl;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/running-automations-scale-controls.html */
export interface RateControl {
  readonly parameter: string;
  /** All different; at most 300 of 50 characters and less, else 50. */
  readonly values: readonly string[];
  /** A number, or a percentage of the values. */
  readonly maxConcurrency: string;
  /** After so many failures no further child is started. A number, or a percentage of the values. */
  readonly maxErrors: string;
}

/** One of the executions that a rate-controlled one consists of. */
export interface ChildExecution {
  readonly id: string;
  readonly status: string;
  /** What it runs for, in Systems Manager's own spelling. */
  readonly target?: string;
}

export interface ExecutionResult {
  readonly status: string;
  readonly document: string;
  readonly parameters: RunbookParameters;
  readonly failureMessage?: string;
  /** `Step.Name` and its values. */
  readonly outputs: Readonly<Record<string, readonly string[]>>;
  /** The OpsItem from which a person started it. */
  readonly opsItemId?: string;
  /** ARN of who started it. */
  readonly executedBy?: string;
  /** The execution that it is a child of. */
  readonly parentId?: string;
  /** What a rate-controlled execution runs for: the values of its parameter. */
  readonly targets?: readonly string[];
  readonly endedAt?: Date;
}

/** SSM Automation. */
export interface Runbooks {
  /** @returns RUNBOOK_NOT_FOUND where there is none of that name */
  describe(name: string, place: Place): Promise<Runbook | RemediatorError>;
  /**
   * @returns the execution's ID
   * @throws RemediatorError RUNBOOK_REFUSED where a retry cannot help, START_THROTTLED where one does later
   */
  start(request: StartRequest): Promise<string>;
  /** The execution that carries a tag with this key, if there is one. */
  findByTagKey(tagKey: string, place: Place): Promise<string | undefined>;
  /** undefined: Systems Manager does not know it (any more). */
  get(automationExecutionId: string, place: Place): Promise<ExecutionResult | undefined>;
  tagsOf(automationExecutionId: string, place: Place): Promise<Readonly<Record<string, string>>>;
  /** The children of a rate-controlled execution that have been started by now. */
  childrenOf(automationExecutionId: string, place: Place): Promise<readonly ChildExecution[]>;
}

export interface NewOpsItem extends Place {
  readonly title: string;
  readonly description: string;
  readonly priority: number;
  readonly severity: string;
  readonly category: string;
  readonly dedupString: string;
  readonly resourceArn?: string | undefined;
  /** Offered as "run this" on the OpsItem. */
  readonly runbook?: string | undefined;
  readonly data: OpsItemData;
}

/** Operational data: `searchable` keys can be filtered by in OpsCenter. */
export interface OpsItemData {
  readonly searchable?: Readonly<Record<string, string>>;
  readonly plain?: Readonly<Record<string, string>>;
}

export interface OpsItemChanges extends Place {
  readonly status?: 'Resolved';
  readonly data: OpsItemData;
}

/** OpsCenter. */
export interface OpsItems {
  /** Opens an OpsItem, unless one with the same dedup string is open: then it is that one, left as it is. */
  create(opsItem: NewOpsItem): Promise<{ readonly id: string; readonly isNew: boolean }>;
  /** @returns false where the OpsItem does not exist (any more) */
  update(opsItemId: string, changes: OpsItemChanges): Promise<boolean>;
  /** The finding's OpsItem that is not resolved, if there is one. */
  findOpen(findingId: string, place: Place): Promise<string | undefined>;
  /** The operational data's values by key; undefined: there is no such OpsItem. */
  read(opsItemId: string, place: Place): Promise<Readonly<Record<string, string>> | undefined>;
  /** Its status, and the ARN of who changed it last; undefined: there is no such OpsItem. */
  changed(
    opsItemId: string,
    place: Place,
  ): Promise<{ readonly status: string; readonly by: string } | undefined>;
}

/** Resource Groups Tagging API. */
export interface Tags {
  /**
   * @returns undefined: the API does not take such an ARN, and never will
   * @throws where they cannot be read: that is never "no tags"
   */
  of(resourceArn: string, place: Place): Promise<Readonly<Record<string, string>> | undefined>;
}

/** Why an event is not on the bus. */
export interface PutFault {
  readonly code: string;
  readonly message: string;
  /** Whether the same event may be taken a moment later. */
  readonly retryable: boolean;
}

/** EventBridge. */
export interface EventBus {
  /** What became of each event, in their order; undefined: it is on the bus. The bus promises no order. */
  put(events: readonly StateEvent[]): Promise<readonly (PutFault | undefined)[]>;
}

export interface Log {
  info(message: string, extra: Readonly<Record<string, unknown>>): void;
  warn(message: string, extra: Readonly<Record<string, unknown>>): void;
  error(message: string, extra: Readonly<Record<string, unknown>>): void;
}
