import type { CheckGuard } from '../../shared/domain/check-guard.ts';
import { isOver, isWaiting } from '../../shared/domain/lifecycle.ts';
import { attemptNumberOf, digestOf, type Remediation } from '../../shared/domain/remediation.ts';
import type { OpsItemView } from '../aws/ops-items.ts';

export const ANSWERS = ['approve', 'reject', 'retry', 'undo', 'resume'] as const;
export type Answer = (typeof ANSWERS)[number];

/** What an answer is about. */
export interface Subject {
  readonly opsItem: Pick<OpsItemView, 'id' | 'status' | 'data'>;
  /** The rows that the OpsItem stands for, oldest first. */
  readonly rows: readonly Remediation[];
  /** The check's counters. */
  readonly guard: Pick<CheckGuard, 'breaker' | 'storm'>;
}

/** Whether an answer makes sense, and what comes of it. */
export type Judged = { readonly next: string } | { readonly refusal: string };

/** Goes by the same rules as the function that hears the answer (shared/use-cases/answer-ops-item.ts). Pure. */
export function judge(answer: Answer, subject: Subject): Judged {
  const { status, data } = subject.opsItem;
  if (status === 'Resolved' && answer !== 'undo')
    return refuse('it is Resolved: nothing waits for an answer any more');
  const shared = data.findingId === undefined;
  if (shared && answer !== 'reject' && answer !== 'resume')
    return refuse('it stands for many findings, which can only be rejected or resumed together');
  return JUDGES[answer](subject, namedBy(subject));
}

/** The attempt that the OpsItem names. */
export function namedBy({ opsItem, rows }: Subject): Remediation | undefined {
  return rows.find(({ attempt }) => attempt === opsItem.data.attempt);
}

type Judge = (subject: Subject, named: Remediation | undefined) => Judged;

const JUDGES: Readonly<Record<Answer, Judge>> = { approve, reject, retry, undo, resume };

function approve({ opsItem }: Subject, named: Remediation | undefined): Judged {
  if (named === undefined) return refuse(NO_ROW);
  const { state, document, parameters } = named;
  if (state !== 'AwaitingApproval')
    return refuse(`its attempt is ${standing(named)}, and awaits no approval`);
  if (document === undefined || parameters === undefined)
    return refuse('its attempt names no runbook that could be approved');
  if (opsItem.data.plan !== digestOf(document, parameters))
    return refuse('what it shows is being decided anew: look at its parameters again, then answer');
  return {
    next: `${document} is started with ${JSON.stringify(parameters)} within seconds, unless a window, calendar, limit or pause holds it back until later.`,
  };
}

function reject({ opsItem, rows }: Subject): Judged {
  const waiting = rows.filter(({ state }) => isWaiting(state));
  if (opsItem.data.findingId === undefined && opsItem.data.checkName !== undefined)
    return {
      next: `Nothing is started for the findings that wait here (${waiting.length || 'none'} now); new ones of the check are acted upon again.`,
    };
  if (waiting.length > 0)
    return { next: 'Nothing is started; the OpsItem stays open, for you to mend the resource by hand.' };
  const newest = rows.at(-1);
  return refuse(newest ? `its attempt is ${standing(newest)}: there is nothing left to reject` : NO_ROW);
}

function retry({ rows }: Subject, named: Remediation | undefined): Judged {
  if (named === undefined) return refuse(NO_ROW);
  const { state, document, parameters } = named;
  const later = rows.find(({ attempt }) => attempt > named.attempt);
  if (later) return refuse(`its next attempt is there already, and is ${standing(later)}`);
  if (!['Escalated', 'Failed', 'Cancelled', 'Rejected'].includes(state))
    return refuse(`its attempt is ${standing(named)}: only what failed or was refused can be tried again`);
  if (document === undefined || parameters === undefined)
    return refuse(
      `nothing could be started (${named.stateReason}); mend that, and the finding's next refresh decides anew`,
    );
  const number = attemptNumberOf(named) + (state === 'Escalated' ? 0 : 1);
  return { next: `Attempt ${number} is decided within seconds, beyond what the mapping allows by itself.` };
}

function undo({ opsItem, rows }: Subject, named: Remediation | undefined): Judged {
  if (named === undefined) return refuse(NO_ROW);
  const done = rows.filter((row) => row.automationExecutionId !== undefined);
  // One that waits since has nothing to undo.
  const { policy, automationExecutionId, resource, checkName } = done.at(-1) ?? named;
  if (opsItem.data.rollback !== undefined && done.length < 2)
    return refuse(`it was undone already: ${opsItem.data.rollback}`);
  if (policy?.rollback === undefined)
    return refuse('its mapping named no rollbackDocument when the attempt began: undo the change by hand');
  if (automationExecutionId === undefined) return refuse('no runbook was started: there is nothing to undo');
  if (done.at(-1)?.state === 'Running') return refuse('its runbook has not ended: undo it when it has');
  return {
    next: `${policy.rollback.document} is started within seconds, and the resource is left alone until the check has been Green. To leave it alone for longer: remediator exceptions add --resource ${quoteArgument(resource)} --check ${quoteArgument(checkName)} --owner … --reason … --for 30d`,
  };
}

function resume({ opsItem, guard }: Subject): Judged {
  const { checkName } = opsItem.data;
  if (checkName === undefined) return refuse('it names no check');
  const open = [
    guard.storm && `the storm since ${guard.storm.openedAt}`,
    guard.breaker && `the failure breaker, open since ${guard.breaker.openedAt},`,
  ].filter((each) => each !== undefined);
  if (open.length === 0)
    return refuse(`neither a storm nor the failure breaker of ${JSON.stringify(checkName)} is open`);
  return {
    next: `${open.join(' and ')} is over within seconds; what waits is decided anew within minutes.`.replace(
      /^t/,
      'T',
    ),
  };
}

const NO_ROW = 'Remediator has no attempt at this finding under it (any more)';

function standing({ state, nextActionAt, answerBy }: Remediation): string {
  const until = state === 'AwaitingApproval' ? answerBy : nextActionAt;
  return isWaiting(state) && until !== undefined && !isOver(state) ? `${state} until ${until}` : state;
}

function refuse(refusal: string): Judged {
  return { refusal };
}

/** As a shell takes it. */
function quoteArgument(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
