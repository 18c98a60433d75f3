import { isWaiting, outcomeOf } from '../domain/lifecycle.ts';
import { nextStep } from '../domain/next-step.ts';
import { episodeOf, isApproved, type Remediation } from '../domain/remediation.ts';
import type { CheckStore } from '../ports.ts';
import { closeRemediation } from './close-attempt.ts';
import type { CloseExecutionDeps } from './close-execution.ts';
import { concludeAttempt } from './conclude.ts';
import { endRemediation } from './end-remediation.ts';
import { type HandleResultDeps, handleResult } from './handle-result.ts';
import { rejectAttempt } from './reject-attempt.ts';
import { resolveGreen } from './resolve-green.ts';
import { askAt, findStarted } from './start-remediation.ts';
import { verificationExpired } from './still-red.ts';
import { resolveOpsItem } from './tell-people.ts';

export interface ReconcileDeps extends CloseExecutionDeps, HandleResultDeps {
  readonly checks: CheckStore;
}

export interface ReconcileReport {
  readonly looked: number;
  readonly failures: readonly unknown[];
}

/** How many rows one run takes: what is left is taken by the next. */
const ROWS_A_RUN = 25;

/** Brings about what a lost event or a crash left undone. One row's failure never stops another's. */
export async function reconcile(deps: ReconcileDeps): Promise<ReconcileReport> {
  const due = await deps.executions.listDue(deps.clock.now(), ROWS_A_RUN);
  const failures: unknown[] = [];
  for (const remediation of due) {
    try {
      await reconcileOne(deps, remediation);
    } catch (error) {
      failures.push(await putOff(deps, remediation, error));
      const { findingId, attempt } = remediation;
      deps.log.error('Could not reconcile', { findingId, attempt, error });
    }
  }
  return { looked: due.length, failures };
}

/** To the back of the queue, so that rows which cannot be done never keep others from being looked at. */
async function putOff(deps: ReconcileDeps, remediation: Remediation, failure: unknown): Promise<unknown> {
  try {
    const nextActionAt = askAt(deps.clock.now());
    await deps.executions.amend(remediation, remediation.state, { nextActionAt });
    return failure;
  } catch (error) {
    return new AggregateError([failure, error], 'A row failed, and could not be put off');
  }
}

async function reconcileOne(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const { state } = remediation;
  if (state === 'Running') return ask(deps, remediation);
  if (state === 'Starting' || state === 'Verifying' || isWaiting(state)) return resume(deps, remediation);
  if (state === 'Resolved' || state === 'Verified') return settle(deps, remediation);
  await deps.executions.amend(remediation, state, { nextActionAt: null });
}

/** What waits, or was left by a handler that did not come back: decided anew, since what forbade it may allow it now. */
async function resume(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const finding = await deps.checks.get(remediation.findingId);
  if (finding?.status === 'Green' && (await resolveGreen(deps, finding)) === 'resolved') return;
  if (finding?.episode !== episodeOf(remediation) || finding.status === 'Green')
    return supersede(deps, remediation);
  if (remediation.state === 'AwaitingApproval' && !isApproved(remediation) && isTooLate(deps, remediation)) {
    const sentence = 'Nobody answered in time, so nothing was done.';
    return rejectAttempt(deps, remediation, { code: 'APPROVAL_EXPIRED', sentence });
  }
  if (remediation.state === 'Verifying' && nextStep(finding, [remediation]).step === 'leave')
    return verificationExpired(deps, remediation);
  if ((await handleResult(deps, finding)) === 'superseded') await supersede(deps, remediation);
}

function isTooLate({ clock }: ReconcileDeps, { answerBy }: Remediation): boolean {
  return answerBy !== undefined && Date.parse(answerBy) <= clock.now().getTime();
}

async function supersede(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  await endRemediation(deps, remediation, {
    to: remediation.state === 'Verifying' ? 'Verified' : 'Resolved',
    stateReason: 'SUPERSEDED: the finding is not Red or Yellow in this episode any longer.',
    reasonCode: 'SUPERSEDED',
  });
}

/** An execution whose completion event may have been lost. */
async function ask(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const { automationExecutionId, account, region } = remediation;
  if (automationExecutionId === undefined) throw new TypeError('A Running row has no execution ID');
  const execution = await deps.runbooks.get(automationExecutionId, remediation);
  // Systems Manager forgets after 30 days: that is no success.
  const status = execution?.status ?? 'Exited';
  if (outcomeOf(status) === undefined) {
    await deps.executions.amend(remediation, remediation.state, { nextActionAt: askAt(deps.clock.now()) });
    return;
  }
  await closeRemediation(deps, remediation, { automationExecutionId, status, account, region });
}

/** A finding that turned Green while its execution was under way: what that was counted for is given back at its end. */
async function settle(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const id = remediation.automationExecutionId ?? (await findStarted(deps, remediation));
  if (id !== undefined && remediation.reasonCode !== 'SUCCEEDED')
    return ask(deps, { ...remediation, automationExecutionId: id });
  await concludeAttempt(deps, remediation, 'Cancelled');
  if (remediation.sharesOpsItem) await resolveOpsItem(deps, remediation, remediation.stateReason);
  await deps.executions.amend(remediation, remediation.state, { nextActionAt: null });
}
