import { isAllowed, isOver, outcomeOf } from '../domain/lifecycle.ts';
import { sentenceOf } from '../domain/reason.ts';
import type { Remediation } from '../domain/remediation.ts';
import { truncate } from '../domain/text.ts';
import type { ExecutionResult, ExecutionStore, Log, OpsItems, Place, Runbooks } from '../ports.ts';
import { concludeAttempt } from './conclude.ts';
import { type EndAttemptDeps, failAttempt } from './end-attempt.ts';
import { executionUrl } from './ops-item-text.ts';
import { resolveOpsItem } from './tell-people.ts';

export interface CloseAttemptDeps extends EndAttemptDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly log: Log;
}

/** The end of an execution, as an event or Systems Manager itself tells it. */
export interface ExecutionEnd extends Place {
  readonly automationExecutionId: string;
  readonly status: string;
}

/** Scripts fail with whole stack traces; the execution has them all. */
const MAX_REASON_LENGTH = 4000;
const HOUR_MS = 3_600_000;

export type CloseOutcome =
  | 'resolved'
  | 'verifying'
  | 'left open'
  | 'batch ended'
  | 'unchanged'
  | 'rollback noted'
  | 'not an end'
  | 'not ours';

/** Writes an execution's result on its row's OpsItem, resolves it or leaves it open, and ends the row. In that order, so that a replay is safe. */
export async function closeRemediation(
  deps: CloseAttemptDeps,
  remediation: Remediation,
  end: ExecutionEnd,
): Promise<CloseOutcome> {
  const outcome = outcomeOf(end.status);
  if (outcome === undefined) return 'not an end';
  if (!isAllowed(remediation.state, 'Failed') || remediation.state === 'Verifying') {
    // Green, or a person, was faster; what the execution was counted for is given back all the same.
    await concludeAttempt(deps, remediation, outcome);
    if (isOver(remediation.state) && remediation.nextActionAt !== undefined)
      await deps.executions.amend(remediation, remediation.state, { nextActionAt: null });
    return 'unchanged';
  }
  if (outcome === 'Succeeded') return succeed(deps, remediation, end);
  const execution = await deps.runbooks.get(end.automationExecutionId, end);
  if (outcome === 'Cancelled') return cancel(deps, remediation, { end, execution });
  await failAttempt(deps, remediation, {
    reason: { code: 'RUNBOOK_FAILED', sentence: sentenceFor(end, execution) },
    automationExecutionId: end.automationExecutionId,
    data: { execution: executionUrl(end.region, end.automationExecutionId) },
  });
  return 'left open';
}

async function succeed(
  deps: CloseAttemptDeps,
  remediation: Remediation,
  end: ExecutionEnd,
): Promise<CloseOutcome> {
  const { automationExecutionId } = end;
  const now = deps.clock.now();
  const { policy } = remediation;
  const verified = policy?.resolveOn === 'verification';
  const reason = {
    code: 'SUCCEEDED',
    sentence: `${end.status}: the runbook's execution ${automationExecutionId} succeeded.`,
  };
  const result = verified
    ? `${sentenceOf(reason)} Whether the check turns Green is awaited.`
    : sentenceOf(reason);
  await noteResult(deps, remediation, { end, result, resolved: !verified });
  await concludeAttempt(deps, remediation, 'Succeeded');
  const deadline = new Date(now.getTime() + (policy?.verifyWithinHours ?? 0) * HOUR_MS).toISOString();
  const { opsItemId } = remediation;
  const written = await deps.executions.transition(remediation, verified ? 'Verifying' : 'Resolved', {
    stateReason: result,
    reasonCode: reason.code,
    automationExecutionId,
    succeededAt: now.toISOString(),
    nextActionAt: verified ? deadline : null,
    ...(opsItemId === undefined ? {} : { opsItemId }),
  });
  if (!verified && remediation.sharesOpsItem) await resolveOpsItem(deps, written.remediation, result);
  return verified ? 'verifying' : 'resolved';
}

async function cancel(
  deps: CloseAttemptDeps,
  remediation: Remediation,
  { end, execution }: { end: ExecutionEnd; execution: ExecutionResult | undefined },
): Promise<CloseOutcome> {
  const reason = { code: 'RUNBOOK_CANCELLED', sentence: sentenceFor(end, execution) };
  await noteResult(deps, remediation, { end, result: sentenceOf(reason) });
  await concludeAttempt(deps, remediation, 'Cancelled');
  await deps.executions.transition(remediation, 'Cancelled', {
    stateReason: sentenceOf(reason),
    reasonCode: reason.code,
    automationExecutionId: end.automationExecutionId,
    nextActionAt: null,
    ...(remediation.opsItemId === undefined ? {} : { opsItemId: remediation.opsItemId }),
  });
  return 'left open';
}

interface Result {
  readonly end: ExecutionEnd;
  readonly result: string;
  readonly resolved?: boolean;
}

/** Writes a result on a row's own OpsItem, before the row moves: a replay in between finds the row as it was. */
async function noteResult(
  deps: CloseAttemptDeps,
  { opsItemId, sharesOpsItem, account, region }: Remediation,
  { end, result, resolved = false }: Result,
): Promise<void> {
  if (opsItemId === undefined || sharesOpsItem) return;
  const { automationExecutionId } = end;
  const there = await deps.opsItems.update(opsItemId, {
    account,
    region,
    ...(resolved ? { status: 'Resolved' } : {}),
    data: {
      searchable: { automationExecutionId },
      plain: {
        result,
        execution: executionUrl(end.region, automationExecutionId),
        ...(resolved ? { closedBy: 'remediator' } : {}),
      },
    },
  });
  if (!there) deps.log.warn('The OpsItem is gone', { opsItemId });
}

function sentenceFor(
  { status, automationExecutionId }: ExecutionEnd,
  execution: ExecutionResult | undefined,
): string {
  const reason = execution?.failureMessage ?? 'Systems Manager gives no reason.';
  return `${status}: execution ${automationExecutionId}: ${truncate(reason, MAX_REASON_LENGTH)}`;
}
