import { isWaiting } from '../domain/lifecycle.ts';
import { digestOf, type Remediation } from '../domain/remediation.ts';
import { ROLE_PARAMETER } from '../domain/template.ts';
import type { Clock, ExecutionResult, ExecutionStore, Log, OpsItems, Place, Runbooks } from '../ports.ts';

export interface AdoptDeps {
  readonly executions: ExecutionStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * An execution that a person started from one of our OpsItems: the runbook that the OpsItem offers, run by hand with the
 * parameters that it shows, is a yes to it. Another document, or a run for something else (or a dry one), is none.
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
  if (remediation === undefined) return undefined;
  const other = otherThanPlanned(remediation, execution);
  if (other !== undefined) {
    const { executedBy = 'someone' } = execution;
    const note = `${executedBy} ran ${execution.document} from here (${automationExecutionId}) ${other}: it counts as no answer.`;
    deps.log.warn('Not what the OpsItem offers was run from it', { automationExecutionId, note });
    await deps.opsItems.update(execution.opsItemId, { account, region, data: { plain: { note } } });
    return undefined;
  }
  const { executedBy: by = 'someone', document, parameters } = execution;
  deps.log.info('Run from its OpsItem', { automationExecutionId, by, findingId: data.findingId });
  const approval = { by, at: deps.clock.now().toISOString(), of: digestOf(document, parameters) };
  const written = await deps.executions.amend(remediation, remediation.state, {
    approval,
    automationExecutionId,
  });
  return written.moved ? written.remediation : undefined;
}

/** What was run instead of what was planned. Who it ran as, and what the plan leaves to the runbook, is up to the person. */
function otherThanPlanned(
  planned: Remediation,
  { document, parameters }: ExecutionResult,
): string | undefined {
  if (planned.document !== undefined && planned.document !== document)
    return `in place of ${planned.document}`;
  const differs = Object.entries(planned.parameters ?? {}).filter(
    ([name, values]) =>
      !ROLE_PARAMETER.test(name) && JSON.stringify(parameters[name] ?? []) !== JSON.stringify(values),
  );
  if (differs.length === 0) return undefined;
  return `with other values of ${differs.map(([name]) => name).join(', ')}`;
}
