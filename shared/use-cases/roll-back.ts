import { RemediatorError } from '../domain/errors.ts';
import { outcomeOf } from '../domain/lifecycle.ts';
import { clientTokenFrom, type Remediation, TAGS } from '../domain/remediation.ts';
import { fillRollback } from '../domain/rollback.ts';
import type { CheckStore, Log, OpsItems, Runbooks } from '../ports.ts';
import { executionUrl } from './ops-item-text.ts';

export interface RollBackDeps {
  readonly checks: CheckStore;
  readonly runbooks: Runbooks;
  readonly opsItems: OpsItems;
  readonly log: Log;
}

/**
 * Starts the mapping's rollback document for what an execution did, with that execution's outputs. Asked twice, it is
 * started once: the client token is made from the attempt.
 * @returns the execution's ID
 * @throws RemediatorError ROLLBACK_IMPOSSIBLE where there is nothing to undo, or nothing to undo it with
 */
export async function rollBack(deps: RollBackDeps, remediation: Remediation, by: string): Promise<string> {
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
  const clientToken = clientTokenFrom([findingId, attempt, 'rollback']);
  const rollbackId = await deps.runbooks.start({
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
  deps.log.info('Rolling back', { findingId, attempt, rollbackId, by });
  if (remediation.opsItemId !== undefined) {
    await deps.opsItems.update(remediation.opsItemId, {
      account,
      region,
      data: {
        plain: {
          rollback: `${policy.rollback.document} was started by ${by}: ${executionUrl(region, rollbackId)}`,
        },
      },
    });
  }
  return rollbackId;
}
