import type { TrackedFinding } from './finding.ts';
import { isWaiting } from './lifecycle.ts';
import { attemptNumberOf, episodeOf, type Remediation } from './remediation.ts';

/** What a Red or Yellow finding asks for, by how far its episode's remediation has come. */
export type NextStep =
  /** Decide about an attempt that has no row yet. */
  | { readonly step: 'begin'; readonly attempt: number }
  /** Nothing has been started: decide anew. */
  | { readonly step: 'decide'; readonly remediation: Remediation }
  /** Somebody began to start it, and may not have come to an end. */
  | { readonly step: 'resume'; readonly remediation: Remediation }
  /** The runbook succeeded, and a newer result is still Red or Yellow. */
  | { readonly step: 'still red'; readonly remediation: Remediation }
  | { readonly step: 'leave' };

/** Pure: from a finding and every attempt at it, oldest first. */
export function nextStep(finding: TrackedFinding, history: readonly Remediation[]): NextStep {
  const remediation = history.findLast((each) => episodeOf(each) === finding.episode);
  if (remediation === undefined) return { step: 'begin', attempt: 1 };
  const { state } = remediation;
  if (isWaiting(state)) return { step: 'decide', remediation };
  if (state === 'Starting') return { step: 'resume', remediation };
  const newer = isNewer(finding, remediation);
  if (state === 'Verifying') return newer ? { step: 'still red', remediation } : { step: 'leave' };
  // Resolved on the runbook's word, and the check does not agree. What failed has the row of its next attempt already.
  const resolvedByRunbook = state === 'Resolved' && remediation.reasonCode === 'SUCCEEDED';
  return resolvedByRunbook && newer
    ? { step: 'begin', attempt: attemptNumberOf(remediation) + 1 }
    : { step: 'leave' };
}

/** Whether what the source saw is later than a success, and is not what the attempt was made for. */
function isNewer({ observedAt }: TrackedFinding, { succeededAt, observedAt: before }: Remediation): boolean {
  return (
    succeededAt !== undefined &&
    observedAt.getTime() > Date.parse(succeededAt) &&
    (before === undefined || observedAt.getTime() > Date.parse(before))
  );
}
