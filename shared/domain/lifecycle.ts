import { RemediatorError } from './errors.ts';

/**
 * The life of one remediation attempt; drawn in docs/lifecycle.md.
 * - Suppressed: left alone on purpose (mode off, exempt, excepted); no OpsItem is opened for it.
 * - Escalated: a person's turn; nothing was started (no mapping, notify, a broken mapping, a limit …).
 * - DryRun: what would have been started is written down.
 * - AwaitingApproval: a person is asked.
 * - Deferred: waits: for a retry, a window, a calendar, a limit, a storm's or a breaker's end.
 * - Starting: claimed; the OpsItem and the execution are being made. Safe to replay.
 * - Running: the execution has an ID.
 * - Verifying: the execution succeeded; whether the finding turns Green is awaited.
 * - Verified: it did.
 * - Failed: the attempt is over without success; the OpsItem stays open.
 * - Rejected: a person said no, or nobody answered in time.
 * - Cancelled: someone stopped the execution; the OpsItem stays open.
 * - Resolved: over: the execution succeeded, the finding turned Green, or a person resolved the OpsItem.
 */
export const STATES = [
  'Suppressed',
  'Escalated',
  'DryRun',
  'AwaitingApproval',
  'Deferred',
  'Starting',
  'Running',
  'Verifying',
  'Verified',
  'Failed',
  'Rejected',
  'Cancelled',
  'Resolved',
] as const;

export type State = (typeof STATES)[number];

/** Nothing has been started, and every newer event, and the reconciler, decides anew. */
export const WAITING = ['Suppressed', 'Escalated', 'DryRun', 'AwaitingApproval', 'Deferred'] as const;

/** Where a waiting row may go. A person may run the runbook from the OpsItem, and its end may be all that is heard. */
const FROM_WAITING: readonly State[] = [
  ...WAITING,
  'Starting',
  'Running',
  'Verifying',
  'Failed',
  'Rejected',
  'Cancelled',
  'Resolved',
];

/** Which states may follow which. Every write is conditional on the state that it leaves. */
export const TRANSITIONS: Readonly<Record<State, readonly State[]>> = {
  Suppressed: except('Suppressed'),
  // A start whose answer was lost can turn out to have happened after all.
  Escalated: except('Escalated'),
  DryRun: except('DryRun'),
  AwaitingApproval: except('AwaitingApproval'),
  Deferred: except('Deferred'),
  // A completion can arrive before the execution's ID has been written. Deferred: Systems Manager took no more starts.
  Starting: [...WAITING, 'Running', 'Verifying', 'Failed', 'Cancelled', 'Resolved'],
  Running: ['Verifying', 'Failed', 'Cancelled', 'Resolved'],
  Verifying: ['Verified', 'Failed', 'Resolved'],
  Verified: [],
  Failed: ['Resolved'],
  Rejected: ['Resolved'],
  Cancelled: ['Resolved'],
  Resolved: [],
};

export function isAllowed(from: State, to: State): boolean {
  return TRANSITIONS[from].includes(to);
}

/**
 * Holds a move to the table. That somebody else moved the row meanwhile is no error; what our own code must not do is.
 * @throws RemediatorError TRANSITION_ILLEGAL: with both states
 */
export function checkTransition({ findingId, attempt, state }: Moving, to: State): void {
  if (!isAllowed(state, to))
    throw new RemediatorError(
      'TRANSITION_ILLEGAL',
      `The attempt ${attempt} at ${findingId} cannot go from ${state} to ${to}.`,
    );
}

/** What is known of a row that is to be moved. */
export interface Moving {
  readonly findingId: string;
  readonly attempt: string;
  /** The state in which it was read. */
  readonly state: State;
}

/** The states from which `to` may be reached. */
export function statesBefore(to: State): readonly State[] {
  return STATES.filter((from) => isAllowed(from, to));
}

/** Whether nothing has been started, so that the attempt can be decided anew. */
export function isWaiting(state: State): state is (typeof WAITING)[number] {
  return WAITING.some((waiting) => waiting === state);
}

/** Whether the finding needs nothing any more. */
export function isOver(state: State): boolean {
  return TRANSITIONS[state].length === 0;
}

function except(state: State): readonly State[] {
  return FROM_WAITING.filter((other) => other !== state);
}

/**
 * What the status of an automation execution means for its remediation; undefined while it goes on.
 * Events spell `Canceled`, the API `Cancelled`.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html
 */
export function outcomeOf(automationStatus: string): 'Succeeded' | 'Failed' | 'Cancelled' | undefined {
  switch (automationStatus) {
    case 'Success':
    case 'CompletedWithSuccess':
      return 'Succeeded';
    case 'Canceled':
    case 'Cancelled':
      return 'Cancelled';
    case 'Failed':
    case 'TimedOut':
    case 'Rejected':
    case 'CompletedWithFailure':
    case 'ChangeCalendarOverrideRejected':
    case 'Exited':
      return 'Failed';
    default:
      return undefined;
  }
}
