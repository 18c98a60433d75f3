import type { TrackedFinding } from '../domain/finding.ts';
import { isOver } from '../domain/lifecycle.ts';
import { episodeOf, type Remediation } from '../domain/remediation.ts';
import { oneLine } from '../domain/text.ts';
import type { ExecutionStore, OpsItems } from '../ports.ts';
import { endRemediation } from './end-remediation.ts';
import { type ResolveDeps, resolveOpsItem } from './tell-people.ts';

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
  const reopened = goesOn ? [] : remediations.filter((each) => each.reopened);
  for (const remediation of reopened) await resolveAgain(deps, remediation, finding);
  return open.length + reopened.length > 0 ? 'resolved' : 'unchanged';
}

/** Its remediation was over, and a person opened its OpsItem again. */
async function resolveAgain(
  deps: ResolveGreenDeps,
  remediation: Remediation,
  finding: TrackedFinding,
): Promise<void> {
  await resolveOpsItem(deps, remediation, sentenceFor(finding));
  await deps.executions.amend(remediation, remediation.state, { reopened: false });
}

function sentenceFor({ statusReason, observedAt }: TrackedFinding): string {
  const why = statusReason === undefined ? '' : ` (${oneLine(statusReason)})`;
  return `FINDING_GREEN: the check found the resource Green${why} at ${observedAt.toISOString()}.`;
}

async function resolve(
  deps: ResolveGreenDeps,
  remediation: Remediation,
  { finding, goesOn }: { finding: TrackedFinding; goesOn: boolean },
): Promise<void> {
  const stateReason = sentenceFor(finding);
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
