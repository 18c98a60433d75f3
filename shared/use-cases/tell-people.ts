import { isOver } from '../domain/lifecycle.ts';
import type { Remediation } from '../domain/remediation.ts';
import type { Clock, ExecutionStore, GuardStore, Log, OpsItems, Written } from '../ports.ts';
import { noteStorm } from './conclude.ts';
import {
  decisionOf,
  type OpsItemSubject,
  opsItemFor,
  type Share,
  sharedOpsItemFor,
} from './ops-item-text.ts';

export interface TellDeps {
  readonly opsItems: OpsItems;
  readonly guards: GuardStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where people are told: an OpsItem of the finding's own, or one that stands for others too. */
export interface Told {
  readonly opsItemId: string;
  readonly sharesOpsItem: boolean;
}

/**
 * Writes the newest decision on the finding's OpsItem, and opens one where there is none (any more).
 * Findings share one where their check's mapping, a storm, or the month's budget of OpsItems asks for it.
 */
export async function tellPeople(
  deps: TellDeps,
  subject: OpsItemSubject,
  before?: Partial<Told>,
): Promise<Told> {
  const { opsItemId, sharesOpsItem = false } = before ?? {};
  if (opsItemId !== undefined && !sharesOpsItem && (await update(deps, subject, opsItemId))) {
    // Whoever had an OpsItem before its check's storm keeps it; the storm has its own all the same.
    if (subject.share === 'storm') await share(deps, subject, subject.share);
    return { opsItemId, sharesOpsItem };
  }
  const why = subject.share ?? ((await deps.guards.takeOpsItem(subject.finding)) ? undefined : 'budget');
  if (why === 'budget')
    deps.log.warn('The budget of OpsItems is spent', { checkName: subject.finding.checkName });
  if (why !== undefined) return { opsItemId: await share(deps, subject, why), sharesOpsItem: true };
  const { id, isNew } = await deps.opsItems.create(opsItemFor(subject));
  // One that was open already tells an older decision: before a crash, or of an earlier episode.
  if (!isNew) await update(deps, subject, id);
  return { opsItemId: id, sharesOpsItem: false };
}

/** The OpsItem that stands for findings of a check in one place. */
async function share(deps: TellDeps, subject: OpsItemSubject, why: Share): Promise<string> {
  const { id, isNew } = await deps.opsItems.create(sharedOpsItemFor(subject, why));
  if (why === 'storm' && isNew) await noteStorm(deps, subject.finding, id);
  return id;
}

/** Where the finding turned Green between claim and OpsItem, nobody but us knows that the OpsItem is to be resolved. */
export async function resolveOvertaken(
  deps: ResolveDeps,
  { moved, remediation }: Written,
  { opsItemId, sharesOpsItem }: Told,
): Promise<void> {
  if (moved || !isOver(remediation.state) || remediation.opsItemId === opsItemId) return;
  await resolveOpsItem(deps, { ...remediation, opsItemId, sharesOpsItem }, remediation.stateReason);
}

export interface ResolveDeps {
  readonly opsItems: OpsItems;
  readonly executions: ExecutionStore;
  readonly clock: Clock;
}

/** Resolves a remediation's OpsItem with its result; one that stands for others too, when the last of them is over. */
export async function resolveOpsItem(
  { opsItems, executions }: ResolveDeps,
  remediation: Remediation,
  result: string,
): Promise<void> {
  const { opsItemId, sharesOpsItem, account, region } = remediation;
  if (opsItemId === undefined) return;
  if (sharesOpsItem) {
    const sharers = await executions.listSharers(opsItemId, 2);
    const others = sharers.filter(
      ({ findingId, attempt }) => findingId !== remediation.findingId || attempt !== remediation.attempt,
    );
    if (others.length > 0) return;
  }
  await opsItems.update(opsItemId, {
    account,
    region,
    status: 'Resolved',
    data: { plain: { result, closedBy: 'remediator' } },
  });
}

function update(deps: TellDeps, subject: OpsItemSubject, opsItemId: string): Promise<boolean> {
  const { account, region } = subject.finding;
  return deps.opsItems.update(opsItemId, { account, region, data: decisionOf(subject) });
}
