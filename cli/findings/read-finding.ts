import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { trackedFindingFrom } from '../../shared/aws/tracked-finding.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { TrackedFinding } from '../../shared/domain/finding.ts';

type Item = Record<string, AttributeValue>;

/** A row that cannot be read: something other than Remediator wrote it. */
export interface Unreadable {
  readonly findingId: string;
  readonly error: string;
}

/** @throws RemediatorError RECORD_MALFORMED, which names the row */
export function readFinding(item: Item): TrackedFinding {
  try {
    return trackedFindingFrom(item);
  } catch (error) {
    if (error instanceof RemediatorError)
      throw new RemediatorError(error.code, `${idOf(item)}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** What can be read of some rows, and what cannot. */
export function readFindings(items: readonly Item[]): {
  readonly findings: readonly TrackedFinding[];
  readonly unreadable: readonly Unreadable[];
} {
  const findings: TrackedFinding[] = [];
  const unreadable: Unreadable[] = [];
  for (const item of items) {
    try {
      findings.push(trackedFindingFrom(item));
    } catch (error) {
      if (!(error instanceof RemediatorError)) throw error;
      unreadable.push({ findingId: idOf(item), error: error.message });
    }
  }
  return { findings, unreadable };
}

function idOf({ findingId }: Item): string {
  return findingId?.S ?? 'a row without findingId';
}
