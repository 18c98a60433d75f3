import type { OpsItems } from '../ports.ts';
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

function update(opsItems: OpsItems, subject: OpsItemSubject, opsItemId: string): Promise<boolean> {
  return opsItems.update(opsItemId, { region: subject.finding.region, data: decisionOf(subject) });
}
