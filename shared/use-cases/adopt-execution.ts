import { isWaiting } from '../domain/lifecycle.ts';
import { digestOf, type Remediation } from '../domain/remediation.ts';
import type { Clock, ExecutionResult, ExecutionStore, Log, OpsItems, Place, Runbooks } from '../ports.ts';

export interface AdoptDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * An execution that a person started from one of our OpsItems: the runbook that the OpsItem offers, run by hand, is a
 * yes to it. Another document started from there is none.
 * @returns the row that it belongs to, with who ran it
 */
export async function adoptExecution(
  deps: AdoptDeps,
  { automationExecutionId, account, region }: Place & { readonly automationExecutionId: string },
  execution: ExecutionResult,
): Promise<Remediation | undefined> {
  if (execution.opsItemId === undefined) return undefined;
  const data = await deps.opsItems.read(execution.opsItemId, { account, region });
  if (data?.findingId === undefined) return undefined;
  const rows = await deps.executions.list(data.findingId);
  const remediation = rows.findLast(
    ({ opsItemId, state }) => opsItemId === execution.opsItemId && isWaiting(state),
  );
  if (remediation?.document !== undefined && remediation.document !== execution.document) {
    deps.log.warn('Another runbook was run from the OpsItem', {
      automationExecutionId,
      document: execution.document,
    });
    return undefined;
  }
  if (remediation === undefined) return undefined;
  const { executedBy: by = 'someone', document, parameters } = execution;
  deps.log.info('Run from its OpsItem', { automationExecutionId, by, findingId: data.findingId });
  const approval = { by, at: deps.clock.now().toISOString(), of: digestOf(document, parameters) };
  const written = await deps.executions.amend(remediation, remediation.state, {
    approval,
    automationExecutionId,
  });
  return written.moved ? written.remediation : undefined;
}
