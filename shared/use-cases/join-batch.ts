import { type Remediation, TAGS } from '../domain/remediation.ts';
import type { ExecutionResult, ExecutionStore, Runbooks } from '../ports.ts';

export interface JoinBatchDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
}

/** Rate-controlled executions that were looked for, by their tokens: many rows ask for the same one. */
export type KnownBatches = Map<string, Promise<FoundBatch | undefined>>;

interface FoundBatch {
  readonly id: string;
  readonly execution: ExecutionResult;
}

/**
 * The rate-controlled execution that a row was, or may have been, started with: whoever started it may have died before
 * the row said so. Where there is none, or it is not for the row's resource, the row has not been started.
 * @returns whether the row goes on with it
 */
export async function joinBatch(
  deps: JoinBatchDeps,
  remediation: Remediation,
  known: KnownBatches,
): Promise<boolean> {
  const { batch, parameters } = remediation;
  if (batch === undefined) return false;
  const looking = known.get(batch.token) ?? find(deps, remediation, batch.token);
  known.set(batch.token, looking);
  const found = await looking;
  const [target] = parameters?.[batch.parameter] ?? [];
  if (found === undefined || target === undefined || !found.execution.targets?.includes(target)) return false;
  await deps.executions.transition(remediation, 'Running', {
    automationExecutionId: found.id,
    batch: { ...batch, executionId: found.id },
    // Its child may have ended long ago.
    nextActionAt: new Date(0).toISOString(),
  });
  return true;
}

async function find(
  { runbooks }: JoinBatchDeps,
  remediation: Remediation,
  token: string,
): Promise<FoundBatch | undefined> {
  const id = await runbooks.findByTagKey(TAGS.token(token), remediation);
  const execution = id && (await runbooks.get(id, remediation));
  return execution ? { id, execution } : undefined;
}
