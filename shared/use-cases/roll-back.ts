import { RemediatorError } from '../domain/errors.ts';
import { outcomeOf } from '../domain/lifecycle.ts';
import { clientTokenFrom, type Remediation, TAGS } from '../domain/remediation.ts';
import { fillRollback } from '../domain/rollback.ts';
import type { CheckReader, Log, OpsItems, Runbooks } from '../ports.ts';
import { executionUrl } from './ops-item-text.ts';

export interface RollBackDeps {
  readonly checks: CheckReader;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly log: Log;
}

/** An attempt's rollback, if there is one: its token is made from the attempt. */
export function findRollback(
  { runbooks }: Pick<RollBackDeps, 'runbooks'>,
  remediation: Remediation,
): Promise<string | undefined> {
  return runbooks.findByTagKey(TAGS.token(tokenOf(remediation)), remediation);
}

/**
 * Starts the mapping's rollback document for what an execution did, with that execution's outputs, and says so on the
 * OpsItem. Asked twice, it is started once.
 * @returns the execution's ID
 * @throws RemediatorError ROLLBACK_IMPOSSIBLE where there is nothing to undo, or nothing to undo it with
 */
export async function rollBack(deps: RollBackDeps, remediation: Remediation, by: string): Promise<string> {
  const { policy, opsItemId, findingId, attempt, account, region } = remediation;
  const rollbackId = (await findRollback(deps, remediation)) ?? (await start(deps, remediation));
  deps.log.info('Rolling back', { findingId, attempt, rollbackId, by });
  if (opsItemId !== undefined) {
    const rollback = `${policy?.rollback?.document} was started by ${by}: ${executionUrl(region, rollbackId)}`;
    await deps.opsItems.update(opsItemId, { account, region, data: { plain: { rollback } } });
  }
  return rollbackId;
}

function tokenOf({ findingId, attempt }: Remediation): string {
  return clientTokenFrom([findingId, attempt, 'rollback']);
}

async function start(deps: RollBackDeps, remediation: Remediation): Promise<string> {
  const { policy, automationExecutionId, findingId, attempt, account, region } = remediation;
  const impossible = (why: string) => new RemediatorError('ROLLBACK_IMPOSSIBLE', why);
  if (policy?.rollback === undefined) throw impossible('The mapping names no rollbackDocument.');
  if (automationExecutionId === undefined) throw impossible('The attempt started no execution.');
  const finding = await deps.checks.get(findingId);
  if (finding === undefined) throw impossible('The finding is not known any more.');
  const execution = await deps.runbooks.get(automationExecutionId, remediation);
  if (execution === undefined)
    throw impossible(`Systems Manager does not know ${automationExecutionId} any more.`);
  // Its outputs are not all there, and what it does after the rollback would stay.
  if (outcomeOf(execution.status) === undefined)
    throw impossible(`The execution ${automationExecutionId} is ${execution.status}: it has not ended.`);
  const parameters = fillRollback(policy.rollback.parameters, {
    finding,
    remediation,
    outputs: execution.outputs,
  });
  const clientToken = tokenOf(remediation);
  return deps.runbooks.start({
    document: policy.rollback.document,
    parameters,
    clientToken,
    account,
    region,
    tags: {
      [TAGS.findingId]: findingId,
      [TAGS.rollbackOf]: attempt,
      [TAGS.token(clientToken)]: 'remediator',
    },
  });
}
