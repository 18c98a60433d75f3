import { parseArn } from './finding.ts';
import { isWaiting, type State } from './lifecycle.ts';
import { clientTokenFrom, episodeOf, type Remediation } from './remediation.ts';
import { truncate } from './text.ts';

/** Of every event of ours. The one rule of ours that matches it leads to recheck, which changes no row: there is no loop. */
export const EVENT_SOURCE = 'remediator';
export const STATE_CHANGE = 'Remediation State Change';

/** `detail` of the event. Its schema is docs/events/remediation-state-change.schema.json: a key is never left out. */
export interface StateChange {
  /** The same for every copy of the event: made from attempt, state and time. */
  readonly id: string;
  readonly findingId: string;
  /** `<episode>-<attempt>`, as in the row. */
  readonly attempt: string;
  readonly episode: number;
  readonly checkName: string;
  readonly resource: string;
  /** Where the runbook runs and the OpsItem stands. */
  readonly account: string;
  readonly region: string;
  /** null: the attempt has only just begun. */
  readonly from: State | null;
  readonly to: State;
  readonly reason: { readonly code: string; readonly sentence: string };
  readonly runbook: string | null;
  readonly automationExecutionId: string | null;
  readonly opsItemId: string | null;
  readonly approvedBy: string | null;
  /** ISO 8601, milliseconds, UTC: when the state was entered. */
  readonly at: string;
}

export interface StateEvent {
  readonly detail: StateChange;
  /** The resource, where it is an ARN. */
  readonly resources: readonly string[];
}

type Told = 'findingId' | 'attempt' | 'state' | 'stateReason' | 'reasonCode' | 'checkName' | 'resource';

/** What an event needs of a row. */
export interface RemediationRow extends Pick<Remediation, Told | 'account' | 'region'> {
  readonly enteredAt: Partial<Record<State, string | undefined>>;
  readonly document?: string | undefined;
  readonly automationExecutionId?: string | undefined;
  readonly opsItemId?: string | undefined;
  readonly approval?: { readonly by: string } | undefined;
}

/** A row before and after one write. */
export interface RowChange {
  readonly before?: RemediationRow | undefined;
  /** undefined: it expired. */
  readonly after?: RemediationRow | undefined;
  /** When it was written: for a row that does not say when it entered its state. */
  readonly writtenAt: Date;
}

/** Targets take 256 KB and less. */
const MAX_SENTENCE = 4096;

/**
 * The events of one write, in their order: one where the state changed, and none where it did not.
 * An attempt that begins by waiting for people is told when it names the OpsItem that they look at, moments later: an
 * event without it would be of no use to them. Where it moves on before that, both its states are told at once.
 */
export function stateEventsOf({ before, after, writtenAt }: RowChange): readonly StateEvent[] {
  if (after === undefined) return [];
  const tell = (from: State | null, row: RemediationRow) => stateEvent(from, row, writtenAt);
  if (before === undefined) return awaitsOpsItem(after) ? [] : [tell(null, after)];
  const entry = awaitsOpsItem(before) ? tell(null, before) : undefined;
  if (before.state !== after.state) return [...(entry ? [entry] : []), tell(before.state, after)];
  return entry && !awaitsOpsItem(after) ? [tell(null, after)] : [];
}

/** In its first state, which people are told of, and have not been told of yet. */
function awaitsOpsItem({ state, opsItemId, enteredAt }: RemediationRow): boolean {
  const isFirst = Object.keys(enteredAt).every((each) => each === state);
  return isFirst && isWaiting(state) && state !== 'Suppressed' && opsItemId === undefined;
}

function stateEvent(from: State | null, row: RemediationRow, writtenAt: Date): StateEvent {
  const { findingId, attempt, checkName, resource, account, region, state: to } = row;
  const at = new Date(row.enteredAt[to] ?? writtenAt).toISOString();
  const detail = {
    id: clientTokenFrom([findingId, attempt, to, at]),
    findingId,
    attempt,
    episode: episodeOf(row),
    checkName,
    resource,
    account,
    region,
    from,
    to,
    reason: { code: row.reasonCode, sentence: sentenceFrom(row) },
    runbook: row.document ?? null,
    automationExecutionId: row.automationExecutionId ?? null,
    opsItemId: row.opsItemId ?? null,
    approvedBy: row.approval?.by ?? null,
    at,
  };
  return { detail, resources: parseArn(resource) ? [resource] : [] };
}

/** The row has the code before its sentence. */
function sentenceFrom({ reasonCode, stateReason }: RemediationRow): string {
  const prefix = `${reasonCode}: `;
  const sentence = stateReason.startsWith(prefix) ? stateReason.slice(prefix.length) : stateReason;
  return truncate(sentence, MAX_SENTENCE);
}
