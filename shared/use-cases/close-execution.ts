import { isAllowed, outcomeOf } from '../domain/lifecycle.ts';
import { type AttemptKey, type Remediation, TAGS } from '../domain/remediation.ts';
import { truncate } from '../domain/text.ts';
import type { ExecutionStore, Log, OpsItems, Runbooks } from '../ports.ts';
import { executionUrl } from './ops-item-text.ts';

export interface CloseExecutionDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly log: Log;
}

/** The end of an execution, as an event or Systems Manager itself tells it. */
export interface ExecutionEnd {
  readonly automationExecutionId: string;
  readonly status: string;
  readonly region: string;
}

/** Scripts fail with whole stack traces; the execution has them all. */
const MAX_REASON_LENGTH = 4000;

export type CloseOutcome = 'resolved' | 'left open' | 'unchanged' | 'not an end' | 'not ours';

/** Writes an execution's result on its OpsItem, resolves it or leaves it open, and ends the row. In that order, so that a replay is safe. */
export async function closeExecution(deps: CloseExecutionDeps, end: ExecutionEnd): Promise<CloseOutcome> {
  if (outcomeOf(end.status) === undefined) return 'not an end';
  const remediation =
    (await deps.executions.findByExecutionId(end.automationExecutionId)) ?? (await findByTags(deps, end));
  if (remediation === undefined) return 'not ours';
  return closeRemediation(deps, remediation, end);
}

/** closeExecution for a row that is known. */
export async function closeRemediation(
  deps: CloseExecutionDeps,
  remediation: Remediation,
  end: ExecutionEnd,
): Promise<CloseOutcome> {
  const outcome = outcomeOf(end.status);
  if (outcome === undefined) return 'not an end';
  if (!isAllowed(remediation.state, 'Failed')) return 'unchanged';
  const { automationExecutionId } = end;
  const result = `${end.status}: ${await resultOf(deps, end)}`;
  if (remediation.opsItemId !== undefined) {
    const there = await deps.opsItems.update(remediation.opsItemId, {
      region: remediation.region,
      ...(outcome === 'Resolved' ? { status: 'Resolved' } : {}),
      data: {
        searchable: { automationExecutionId },
        plain: {
          result,
          execution: executionUrl(end.region, automationExecutionId),
          ...(outcome === 'Resolved' ? { closedBy: 'remediator' } : {}),
        },
      },
    });
    if (!there) deps.log.warn('The OpsItem is gone', { opsItemId: remediation.opsItemId });
  }
  const { opsItemId } = remediation;
  await deps.executions.transition(remediation, outcome, {
    stateReason: result,
    automationExecutionId,
    nextActionAt: null,
    ...(opsItemId === undefined ? {} : { opsItemId }),
  });
  return outcome === 'Resolved' ? 'resolved' : 'left open';
}

/** The completion came before the row had the execution's ID, or the index has not caught up: its tags name the row. */
async function findByTags(deps: CloseExecutionDeps, end: ExecutionEnd): Promise<Remediation | undefined> {
  const tags = await deps.runbooks.tagsOf(end.automationExecutionId, { region: end.region });
  const key = keyOf(tags);
  if (key === undefined) return undefined;
  const remediation = await deps.executions.get(key);
  if (remediation === undefined || !Object.hasOwn(tags, TAGS.token(remediation.clientToken))) {
    deps.log.warn('An execution carries our tags and is not ours', { ...end });
    return undefined;
  }
  const known = remediation.automationExecutionId;
  if (known !== undefined && known !== end.automationExecutionId) {
    deps.log.warn('An execution carries the tags of another one', { ...end, known });
    return undefined;
  }
  const opsItemId = remediation.opsItemId ?? tags[TAGS.opsItemId];
  return opsItemId === undefined ? remediation : { ...remediation, opsItemId };
}

function keyOf(tags: Readonly<Record<string, string>>): AttemptKey | undefined {
  const findingId = tags[TAGS.findingId];
  const attempt = tags[TAGS.attempt];
  return findingId && attempt ? { findingId, attempt } : undefined;
}

async function resultOf(deps: CloseExecutionDeps, end: ExecutionEnd): Promise<string> {
  if (outcomeOf(end.status) === 'Resolved')
    return `the runbook's execution ${end.automationExecutionId} succeeded.`;
  const execution = await deps.runbooks.get(end.automationExecutionId, { region: end.region });
  const reason = execution?.failureMessage ?? 'Systems Manager gives no reason.';
  return `execution ${end.automationExecutionId}: ${truncate(reason, MAX_REASON_LENGTH)}`;
}
