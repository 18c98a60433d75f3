import * as z from 'zod/mini';
import { findingFromAsff, WHAT } from './asff.ts';
import { envelope, readEvent, timeIn } from './envelope.ts';
import { type LazyFinding, type Part, partsOf, type Reading } from './reading.ts';

/**
 * Security Hub CSPM: findings that are new, or that their product, a rule or a person has updated.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
export const DETAIL_TYPES: readonly string[] = ['Security Hub Findings - Imported'];
export const SOURCES: readonly string[] = ['aws.securityhub'];

const eventSchema = z.looseObject(envelope);

export function readingsFromSecurityHub(event: unknown): readonly Reading[] {
  return partsOf(event, 'Resources').map((part) => () => findingFromImported(event, part));
}

/**
 * A person who suppresses a finding leaves its UpdatedAt as it was, and so the event's own time is what orders two events.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
function findingFromImported(event: unknown, part: Part): LazyFinding {
  const around = readEvent(eventSchema, event, WHAT);
  const orderedAt = timeIn(WHAT, { said: undefined, sent: around.time });
  return { ...findingFromAsff(part, around), orderedAt };
}
