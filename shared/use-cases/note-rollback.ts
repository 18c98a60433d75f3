import { outcomeOf } from '../domain/lifecycle.ts';
import { clientTokenFrom, TAGS } from '../domain/remediation.ts';
import { truncate } from '../domain/text.ts';
import type { ExecutionStore, Log, OpsItems, Runbooks } from '../ports.ts';
import type { ExecutionEnd } from './close-attempt.ts';

export interface NoteRollbackDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly log: Log;
}

/** Scripts fail with whole stack traces; the execution has them all. */
const MAX_REASON_LENGTH = 4000;

/**
 * Writes on an attempt's OpsItem how its rollback ended; the row has ended before, and stays as it is.
 * @returns whether the execution is a rollback of ours
 */
export async function noteRollback(
  deps: NoteRollbackDeps,
  end: ExecutionEnd,
  tags: Readonly<Record<string, string>>,
): Promise<boolean> {
  const findingId = tags[TAGS.findingId];
  const attempt = tags[TAGS.rollbackOf];
  if (!findingId || !attempt) return false;
  const remediation = await deps.executions.get({ findingId, attempt });
  const token = TAGS.token(clientTokenFrom([findingId, attempt, 'rollback']));
  if (remediation === undefined || !Object.hasOwn(tags, token)) {
    deps.log.warn('An execution carries our tags and is no rollback of ours', { ...end });
    return false;
  }
  const { opsItemId, account, region } = remediation;
  const rollbackResult = await sentenceFor(deps.runbooks, end);
  deps.log.info('A rollback ended', { ...end, findingId, attempt });
  if (opsItemId === undefined) return true;
  const there = await deps.opsItems.update(opsItemId, {
    account,
    region,
    data: { plain: { rollbackResult } },
  });
  if (!there) deps.log.warn('The OpsItem is gone', { opsItemId });
  return true;
}

async function sentenceFor(runbooks: Runbooks, end: ExecutionEnd): Promise<string> {
  const { status, automationExecutionId: id } = end;
  if (outcomeOf(status) === 'Succeeded') return `${status}: the rollback's execution ${id} succeeded.`;
  const execution = await runbooks.get(id, end);
  const reason = execution?.failureMessage ?? 'Systems Manager gives no reason.';
  return `${status}: the rollback's execution ${id} did not succeed: ${truncate(reason, MAX_REASON_LENGTH)}`;
}
