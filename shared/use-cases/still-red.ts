import type { TrackedFinding } from '../domain/finding.ts';
import type { Remediation } from '../domain/remediation.ts';
import { type EndAttemptDeps, failAttempt } from './end-attempt.ts';
import { type RollBackDeps, rollBack } from './roll-back.ts';

export type StillRedDeps = EndAttemptDeps & RollBackDeps;

/** The runbook succeeded, and a newer result of the check says that nothing was mended. */
export async function stillRed(
  deps: StillRedDeps,
  remediation: Remediation,
  finding: TrackedFinding,
): Promise<'escalated' | 'rolling back'> {
  const { onStillRed = 'retry' } = remediation.policy ?? {};
  const seen = finding.observedAt.toISOString();
  const reason = {
    code: 'STILL_RED',
    sentence: `The runbook succeeded at ${remediation.succeededAt}, and the check found the resource ${finding.status} at ${seen}.`,
  };
  if (onStillRed === 'rollback')
    await rollBack(deps, remediation, 'remediator, since the check is still Red');
  await failAttempt(deps, remediation, { reason, retry: onStillRed === 'retry' });
  return onStillRed === 'rollback' ? 'rolling back' : 'escalated';
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
