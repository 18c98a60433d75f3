import { outcomeOf } from '../domain/lifecycle.ts';
import { type AttemptKey, type Remediation, TAGS } from '../domain/remediation.ts';
import { type AdoptDeps, adoptExecution } from './adopt-execution.ts';
import {
  type CloseAttemptDeps,
  type CloseOutcome,
  closeRemediation,
  type ExecutionEnd,
} from './close-attempt.ts';
import { closeBatch, findByChild } from './close-batch.ts';
import { noteRollback } from './note-rollback.ts';

export interface CloseExecutionDeps extends CloseAttemptDeps, AdoptDeps {}

/** Closes the attempt that an ended execution belongs to. */
export async function closeExecution(deps: CloseExecutionDeps, end: ExecutionEnd): Promise<CloseOutcome> {
  if (outcomeOf(end.status) === undefined) return 'not an end';
  const [known] = await deps.executions.listByExecutionId(end.automationExecutionId);
  const remediation = known ?? (await findRow(deps, end));
  if (remediation === 'rollback noted') return remediation;
  if (remediation === undefined) return 'not ours';
  return remediation.batch?.executionId === end.automationExecutionId
    ? closeBatch(deps, remediation, end)
    : closeRemediation(deps, remediation, end);
}

/** No row has the execution's ID (yet): it is a child of one that rows have, or its tags say whose it is, or a person started it. */
async function findRow(
  deps: CloseExecutionDeps,
  end: ExecutionEnd,
): Promise<Remediation | 'rollback noted' | undefined> {
  const execution = await deps.runbooks.get(end.automationExecutionId, end);
  if (execution?.parentId !== undefined) return findByChild(deps, execution);
  const tags = await deps.runbooks.tagsOf(end.automationExecutionId, end);
  if (await noteRollback(deps, end, tags)) return 'rollback noted';
  return (await findByTags(deps, end, tags)) ?? (execution && adoptExecution(deps, end, execution));
}

/** The completion came before the row had the execution's ID, or the index has not caught up: its tags name the row. */
async function findByTags(
  deps: CloseExecutionDeps,
  end: ExecutionEnd,
  tags: Readonly<Record<string, string>>,
): Promise<Remediation | undefined> {
  const key = keyOf(tags);
  if (key === undefined) return undefined;
  const remediation = await deps.executions.get(key);
  const { batch, clientToken = '' } = remediation ?? {};
  if (remediation && batch && Object.hasOwn(tags, TAGS.token(batch.token)))
    return { ...remediation, batch: { ...batch, executionId: end.automationExecutionId } };
  if (remediation === undefined || !Object.hasOwn(tags, TAGS.token(clientToken))) {
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
