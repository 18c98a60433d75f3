import { outcomeOf } from '../domain/lifecycle.ts';
import { type AttemptKey, type Remediation, TAGS } from '../domain/remediation.ts';
import { type AdoptDeps, adoptExecution } from './adopt-execution.ts';
import {
  type CloseAttemptDeps,
  type CloseOutcome,
  closeRemediation,
  type ExecutionEnd,
} from './close-attempt.ts';
import { noteRollback } from './note-rollback.ts';

export interface CloseExecutionDeps extends CloseAttemptDeps, AdoptDeps {}

/** Closes the attempt that an ended execution belongs to. */
export async function closeExecution(deps: CloseExecutionDeps, end: ExecutionEnd): Promise<CloseOutcome> {
  if (outcomeOf(end.status) === undefined) return 'not an end';
  const [known] = await deps.executions.listByExecutionId(end.automationExecutionId);
  const tags = known ? {} : await deps.runbooks.tagsOf(end.automationExecutionId, end);
  if (await noteRollback(deps, end, tags)) return 'rollback noted';
  const remediation = known ?? (await findByTags(deps, end, tags)) ?? (await adoptExecution(deps, end));
  if (remediation === undefined) return 'not ours';
  return closeRemediation(deps, remediation, end);
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
