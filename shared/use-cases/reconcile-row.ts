import { isWaiting, outcomeOf } from '../domain/lifecycle.ts';
import { nextStep } from '../domain/next-step.ts';
import { episodeOf, isApproved, type Remediation } from '../domain/remediation.ts';
import type { CheckReader } from '../ports.ts';
import { answerOpsItem } from './answer-ops-item.ts';
import { closeRemediation } from './close-attempt.ts';
import { askBatch } from './close-batch.ts';
import type { CloseExecutionDeps } from './close-execution.ts';
import { concludeAttempt } from './conclude.ts';
import { endRemediation } from './end-remediation.ts';
import { type HandleResultDeps, handleResult } from './handle-result.ts';
import { joinBatch, type KnownBatches } from './join-batch.ts';
import { rejectAttempt } from './reject-attempt.ts';
import { resolveGreen } from './resolve-green.ts';
import { askAt, findStarted } from './start-remediation.ts';
import { verificationExpired } from './still-red.ts';
import { resolveOpsItem } from './tell-people.ts';

export interface ReconcileDeps extends CloseExecutionDeps, HandleResultDeps {
  readonly checks: CheckReader;
}

/** One due row, whatever its state; the members of one rate-controlled execution come together. */
export async function reconcileRows(
  deps: ReconcileDeps,
  rows: readonly Remediation[],
  known: KnownBatches,
): Promise<void> {
  const [remediation] = rows;
  if (remediation === undefined) return;
  const { state, batch } = remediation;
  if (state === 'Running') return batch?.executionId ? askBatch(deps, rows) : ask(deps, remediation);
  if (state === 'Starting') return resumeStart(deps, remediation, known);
  if (state === 'Verifying' || isWaiting(state)) return resume(deps, remediation);
  if (state === 'Resolved' || state === 'Verified') return settle(deps, remediation);
  await deps.executions.amend(remediation, state, { nextActionAt: null });
}

/** Its handler did not come back. What was to start as one of many, and did not, goes on alone. */
async function resumeStart(
  deps: ReconcileDeps,
  remediation: Remediation,
  known: KnownBatches,
): Promise<void> {
  if (await joinBatch(deps, remediation, known)) return;
  if (remediation.batch) await deps.executions.amend(remediation, 'Starting', { batch: null });
  await resume(deps, remediation);
}

/** What waits, or was left by a handler that did not come back: decided anew, since what forbade it may allow it now. */
export async function resume(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const finding = await deps.checks.get(remediation.findingId);
  if (finding?.status === 'Green' && (await resolveGreen(deps, finding)) === 'resolved') return;
  if (finding?.episode !== episodeOf(remediation) || finding.status === 'Green')
    return supersede(deps, remediation);
  const isAsked = remediation.state === 'AwaitingApproval' && !isApproved(remediation);
  if (isAsked && (await wasAnswered(deps, remediation))) return;
  if (isAsked && isTooLate(deps, remediation)) {
    const sentence = 'Nobody answered in time, so nothing was done.';
    return rejectAttempt(deps, remediation, { code: 'APPROVAL_EXPIRED', sentence });
  }
  if (remediation.state === 'Verifying' && nextStep(finding, [remediation]).step === 'leave')
    return verificationExpired(deps, remediation);
  if ((await handleResult(deps, finding)) === 'superseded') await supersede(deps, remediation);
}

/** What a person said on the OpsItem, and no event told. */
async function wasAnswered(
  deps: ReconcileDeps,
  { opsItemId, account, region }: Remediation,
): Promise<boolean> {
  const word = opsItemId && (await deps.opsItems.changed(opsItemId, { account, region }));
  if (!word) return false;
  const outcome = await answerOpsItem(deps, { opsItemId, account, region, ...word });
  return outcome !== 'unchanged' && outcome !== 'not understood';
}

function isTooLate({ clock }: ReconcileDeps, { answerBy }: Remediation): boolean {
  return answerBy !== undefined && Date.parse(answerBy) <= clock.now().getTime();
}

export async function supersede(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
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
  const { batch, reasonCode, enteredAt } = remediation;
  // What had ended before was counted then: counted again now, an old failure would be a new one.
  const ended = enteredAt.Verifying ?? enteredAt.Failed ?? enteredAt.Cancelled;
  // What a rate-controlled execution is counted for is given back at the end of the whole.
  const id = batch
    ? undefined
    : (remediation.automationExecutionId ?? (await findStarted(deps, remediation)));
  if (id !== undefined && reasonCode !== 'SUCCEEDED' && ended === undefined)
    return ask(deps, { ...remediation, automationExecutionId: id });
  await concludeAttempt(deps, remediation, 'Cancelled');
  if (remediation.sharesOpsItem) await resolveOpsItem(deps, remediation, remediation.stateReason);
  await deps.executions.amend(remediation, remediation.state, { nextActionAt: null });
}
