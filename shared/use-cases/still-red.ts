import { objectionToRollback } from '../domain/decide.ts';
import { RemediatorError } from '../domain/errors.ts';
import type { TrackedFinding } from '../domain/finding.ts';
import type { Remediation } from '../domain/remediation.ts';
import { type EndAttemptDeps, failAttempt } from './end-attempt.ts';
import { type GatherDeps, gather } from './gather.ts';
import { type RollBackDeps, rollBack } from './roll-back.ts';

export type StillRedDeps = EndAttemptDeps & RollBackDeps & GatherDeps;

/** The runbook succeeded, and a newer result of the check says that nothing was mended. */
export async function stillRed(
  deps: StillRedDeps,
  remediation: Remediation,
  finding: TrackedFinding,
): Promise<'escalated' | 'rolling back'> {
  const { onStillRed = 'retry' } = remediation.policy ?? {};
  const seen = finding.observedAt.toISOString();
  const sentence = `The runbook succeeded at ${remediation.succeededAt}, and the check found the resource ${finding.status} at ${seen}.`;
  const reason = { code: 'STILL_RED', sentence };
  if (onStillRed !== 'rollback') {
    await failAttempt(deps, remediation, { reason, retry: onStillRed === 'retry' });
    return 'escalated';
  }
  const why = await rollBackOrWhy(deps, remediation, finding);
  const told =
    why === undefined
      ? reason
      : { ...reason, sentence: `${sentence} It was not undone: ${why}`, remedy: NOT_UNDONE };
  await failAttempt(deps, remediation, { reason: told, retry: false });
  return why === undefined ? 'rolling back' : 'escalated';
}

const NOT_UNDONE = 'Undo it by hand, or set "answer" on the OpsItem to "undo".';

/** A rollback is a start: a pause, an exception, a window hold it back, and an error in it reaches people. */
async function rollBackOrWhy(
  deps: StillRedDeps,
  remediation: Remediation,
  finding: TrackedFinding,
): Promise<string | undefined> {
  const circumstances = await gather(deps, { finding, history: [], attempt: remediation });
  const { document = '' } = remediation.policy?.rollback ?? {};
  const objection = objectionToRollback(circumstances, document);
  if (objection) return `${objection.reason.code}: ${objection.reason.sentence}`;
  try {
    await rollBack(deps, remediation, 'remediator, since the check is still Red');
    return undefined;
  } catch (error) {
    if (!(error instanceof RemediatorError) || error.retryable) throw error;
    return `${error.code}: ${error.message}`;
  }
}

/** Nobody said within the time that the mapping gives whether the resource is mended. */
export async function verificationExpired(deps: StillRedDeps, remediation: Remediation): Promise<void> {
  const { verifyWithinHours } = remediation.policy ?? {};
  await failAttempt(deps, remediation, {
    reason: {
      code: 'NOT_VERIFIED',
      sentence: `The runbook succeeded, and within ${verifyWithinHours} hours no newer result of the check arrived.`,
      remedy: 'Look at the resource, and resolve the OpsItem if it is mended.',
    },
    retry: false,
  });
}
