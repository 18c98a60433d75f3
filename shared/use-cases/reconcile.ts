import { outcomeOf } from '../domain/lifecycle.ts';
import { attemptKey, type Remediation } from '../domain/remediation.ts';
import type { CheckStore } from '../ports.ts';
import { type CloseExecutionDeps, closeRemediation } from './close-execution.ts';
import { type HandleResultDeps, handleResult } from './handle-result.ts';
import { askAt } from './start-remediation.ts';

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
  if (remediation.state === 'Starting' || remediation.state === 'Escalated') return resume(deps, remediation);
  if (remediation.state === 'Running') return ask(deps, remediation);
  await deps.executions.amend(remediation, remediation.state, { nextActionAt: null });
}

/**
 * A claim whose handler did not come back, before its execution or its OpsItem was there.
 * Decided anew, since what allowed it then may forbid it now.
 */
async function resume(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const finding = await deps.checks.get(remediation.findingId);
  const current = finding !== undefined && attemptKey(finding).attempt === remediation.attempt;
  if (current && (await handleResult(deps, finding)) !== 'superseded') return;
  const stateReason = 'SUPERSEDED: the finding is not Red or Yellow in this episode any longer.';
  await deps.executions.transition(remediation, 'Resolved', { stateReason, nextActionAt: null });
}

/** An execution whose completion event may have been lost. */
async function ask(deps: ReconcileDeps, remediation: Remediation): Promise<void> {
  const { automationExecutionId, region } = remediation;
  if (automationExecutionId === undefined) throw new TypeError('A Running row has no execution ID');
  const execution = await deps.runbooks.get(automationExecutionId, { region });
  // Systems Manager forgets after 30 days: that is no success.
  const status = execution?.status ?? 'Exited';
  if (outcomeOf(status) === undefined) {
    await deps.executions.amend(remediation, 'Running', { nextActionAt: askAt(deps.clock.now()) });
    return;
  }
  await closeRemediation(deps, remediation, { automationExecutionId, status, region });
}
