import type { CheckGuard } from './check-guard.ts';
import type { RemediatorError } from './errors.ts';
import type { RemediationException } from './exception.ts';
import type { TrackedFinding } from './finding.ts';
import type { Mapping } from './mapping.ts';
import type { Remediation } from './remediation.ts';
import type { Runbook } from './runbook.ts';
import type { ResourceTags } from './tag-rules.ts';

/** Whether changes are allowed now, by SSM Change Calendars. */
export interface CalendarState {
  readonly open: boolean;
  /** When that changes, where Systems Manager says so. */
  readonly changesAt?: Date;
}

/**
 * Everything that a decision rests on. What could not be read is an error here, never a default; what a mapping does
 * not need may be left out, and decide() throws a TypeError where it is needed after all.
 */
export interface Circumstances {
  readonly finding: TrackedFinding;
  readonly now: Date;
  /** Number of the attempt that is decided about, from 1. */
  readonly attempt: number;
  /** undefined: the check has no row. An error: the row is broken, or cannot be used. */
  readonly mapping: Mapping | RemediatorError | undefined;
  /** Whether Remediator may act in the finding's account. */
  readonly reachable: boolean;
  readonly exceptions: readonly RemediationException[];
  /** The resource's tags; undefined: it has no ARN to ask for them by, or one that the tagging API tells nothing of. */
  readonly tags?: ResourceTags | RemediatorError | undefined;
  /** The mapping's runbook, where it may be started. */
  readonly runbook?: Runbook | RemediatorError | undefined;
  readonly calendars?: CalendarState | RemediatorError | undefined;
  /** The check's counters. */
  readonly guard: CheckGuard;
  /** Until when Systems Manager takes no more starts in the finding's account and region. */
  readonly throttledUntil?: Date | undefined;
  /** Every attempt at the finding, oldest first. */
  readonly history: readonly Remediation[];
  /** The attempt's row, where it has one. */
  readonly current?: Remediation | undefined;
}
