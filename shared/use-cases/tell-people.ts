import type { OpsItems, Written } from '../ports.ts';
import { decisionOf, type OpsItemSubject, opsItemFor } from './ops-item-text.ts';

/**
 * Writes the newest decision on the finding's OpsItem, and opens one where there is none (any more).
 * @returns its ID
 */
export async function tellPeople(
  opsItems: OpsItems,
  subject: OpsItemSubject,
  opsItemId: string | undefined,
): Promise<string> {
  if (opsItemId !== undefined && (await update(opsItems, subject, opsItemId))) return opsItemId;
  const { id, isNew } = await opsItems.create(opsItemFor(subject));
  // One that was open already tells an older decision: before a crash, or of an earlier episode.
  if (!isNew) await update(opsItems, subject, id);
  return id;
}

/** Where the finding turned Green between claim and OpsItem, nobody but us knows that the OpsItem is to be resolved. */
export async function resolveOvertaken(
  opsItems: OpsItems,
  { moved, remediation }: Written,
  opsItemId: string,
): Promise<void> {
  if (moved || remediation.state !== 'Resolved' || remediation.opsItemId === opsItemId) return;
  await opsItems.update(opsItemId, {
    region: remediation.region,
    status: 'Resolved',
    data: { plain: { result: remediation.stateReason, closedBy: 'remediator' } },
  });
}

function update(opsItems: OpsItems, subject: OpsItemSubject, opsItemId: string): Promise<boolean> {
  return opsItems.update(opsItemId, { region: subject.finding.region, data: decisionOf(subject) });
}
