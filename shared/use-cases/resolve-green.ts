import type { TrackedFinding } from '../domain/finding.ts';
import { isOver } from '../domain/lifecycle.ts';
import { episodeOf, type Remediation } from '../domain/remediation.ts';
import { oneLine } from '../domain/text.ts';
import type { ExecutionStore, OpsItems } from '../ports.ts';
import { endRemediation } from './end-remediation.ts';
import type { ResolveDeps } from './tell-people.ts';

export interface ResolveGreenDeps extends ResolveDeps {
  readonly executions: ExecutionStore;
  readonly opsItems: OpsItems;
}

/** A Green finding is over, whoever mended the resource: its OpsItems resolve, and nothing waits for it any longer. */
export async function resolveGreen(
  deps: ResolveGreenDeps,
  finding: TrackedFinding,
): Promise<'resolved' | 'unchanged'> {
  const remediations = await deps.executions.list(finding.findingId);
  const open = remediations.filter((each) => !isOver(each.state) && episodeOf(each) <= finding.episode);
  // Played again late, a Green must not resolve the OpsItem that a newer episode goes on with.
  const goesOn = remediations.some((each) => !isOver(each.state) && episodeOf(each) > finding.episode);
  for (const remediation of open) await resolve(deps, remediation, { finding, goesOn });
  return open.length > 0 ? 'resolved' : 'unchanged';
}

async function resolve(
  deps: ResolveGreenDeps,
  remediation: Remediation,
  { finding, goesOn }: { finding: TrackedFinding; goesOn: boolean },
): Promise<void> {
  const why = finding.statusReason === undefined ? '' : ` (${oneLine(finding.statusReason)})`;
  const stateReason = `FINDING_GREEN: the check found the resource Green${why} at ${finding.observedAt.toISOString()}.`;
  // A crash between making the OpsItem and writing its ID leaves a row without one.
  const opsItemId = goesOn
    ? undefined
    : (remediation.opsItemId ?? (await deps.opsItems.findOpen(remediation.findingId, remediation)));
  await endRemediation(
    deps,
    { ...remediation, opsItemId },
    {
      to: remediation.state === 'Verifying' ? 'Verified' : 'Resolved',
      stateReason,
      reasonCode: 'FINDING_GREEN',
    },
  );
}
