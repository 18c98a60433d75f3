/**
 * The life of one remediation attempt.
 * - Escalated: a person's turn; nothing was started (no mapping, switched off, a broken mapping …).
 * - Starting: claimed; the OpsItem and the execution are being made. Safe to replay.
 * - Running: the execution has an ID.
 * - Failed: the execution ended without success; the OpsItem stays open.
 * - Cancelled: someone stopped the execution; the OpsItem stays open.
 * - Resolved: over: the execution succeeded, the finding turned Green, or a person resolved the OpsItem.
 */
export type State = 'Escalated' | 'Starting' | 'Running' | 'Failed' | 'Cancelled' | 'Resolved';

/** Which states may follow which. Every write is conditional on the state that it leaves. */
export const TRANSITIONS: Readonly<Record<State, readonly State[]>> = {
  // A newer event of the same episode is decided anew once the mapping has been mended or switched on.
  // A start whose answer was lost can turn out to have happened after all.
  Escalated: ['Starting', 'Running', 'Failed', 'Cancelled', 'Resolved'],
  // A completion can arrive before the execution's ID has been written.
  Starting: ['Running', 'Escalated', 'Failed', 'Cancelled', 'Resolved'],
  Running: ['Failed', 'Cancelled', 'Resolved'],
  Failed: ['Resolved'],
  Cancelled: ['Resolved'],
  Resolved: [],
};

export function isAllowed(from: State, to: State): boolean {
  return TRANSITIONS[from].includes(to);
}

/** The states from which `to` may be reached. */
export function statesBefore(to: State): readonly State[] {
  return (Object.keys(TRANSITIONS) as State[]).filter((from) => isAllowed(from, to));
}

/**
 * What the status of an automation execution means for its remediation; undefined while it goes on.
 * Events spell `Canceled`, the API `Cancelled`.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html
 */
export function outcomeOf(automationStatus: string): 'Resolved' | 'Failed' | 'Cancelled' | undefined {
  switch (automationStatus) {
    case 'Success':
    case 'CompletedWithSuccess':
      return 'Resolved';
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
