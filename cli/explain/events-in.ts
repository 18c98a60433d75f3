import type { Finding } from '../../shared/domain/finding.ts';
import { readingsOf } from '../../shared/sources/registry.ts';
import { eventFrom, labelOf, type Origin } from './event-from.ts';

/** One finding that a file may hold, and what it looks like from outside. */
export interface Reading {
  /** `Config Rules Compliance Change of aws.config`. */
  readonly label: string;
  /** @throws RemediatorError EVENT_NOT_RECOGNISED, EVENT_INCOMPLETE */
  readonly read: () => Finding;
}

/** Events as functions get them (EventBridge's, SNS's records), as PutEvents takes them, and lists of either. */
export function readingsIn(content: unknown, origin: Origin): readonly Reading[] {
  if (Array.isArray(content)) return content.flatMap((each: unknown) => readingsIn(each, origin));
  const event = eventFrom(content, origin);
  return readingsOf(event).map((read) => ({ label: labelOf(event), read }));
}
