import { type Reason, sentenceOf } from '../domain/reason.ts';
import type { Remediation } from '../domain/remediation.ts';
import type { ExecutionStore, OpsItems } from '../ports.ts';

export interface RejectDeps {
  readonly executions: ExecutionStore;
  readonly opsItems: OpsItems;
}

/** A person said no, or nobody answered in time: nothing is done, and the OpsItem says so. */
export async function rejectAttempt(
  deps: RejectDeps,
  remediation: Remediation,
  reason: Reason,
): Promise<void> {
  const { opsItemId, sharesOpsItem, account, region } = remediation;
  const stateReason = sentenceOf(reason);
  if (opsItemId !== undefined && !sharesOpsItem)
    await deps.opsItems.update(opsItemId, { account, region, data: { plain: { result: stateReason } } });
  await deps.executions.transition(remediation, 'Rejected', {
    stateReason,
    reasonCode: reason.code,
    nextActionAt: null,
  });
}
