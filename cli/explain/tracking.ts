import { type Finding, findingIdOf, type Status, type TrackedFinding } from '../../shared/domain/finding.ts';

/** What check-tracker would make of a finding. */
export interface Tracking {
  /** Whether the row would be written: an older event, or a copy, changes nothing. */
  readonly written: boolean;
  /** As CheckTrackerTable would have it. */
  readonly finding: TrackedFinding;
  readonly sentence: string;
}

const BADNESS: Readonly<Record<Status, number>> = { Green: 0, Yellow: 1, Red: 2 };

/** Without writing anything: docs/architecture.md, "Data", says how CheckTrackerTable orders events. Pure. */
export function track(finding: Finding, stored: TrackedFinding | undefined): Tracking {
  const findingId = findingIdOf(finding);
  if (stored === undefined) {
    const episode = finding.status === 'Green' ? 0 : 1;
    return { written: true, finding: { ...finding, findingId, episode }, sentence: 'It is new.' };
  }
  const later = finding.observedAt.getTime() - stored.observedAt.getTime();
  const worse = BADNESS[finding.status] - BADNESS[stored.status];
  const seen = `${stored.status}, seen at ${stored.observedAt.toISOString()}`;
  if (later < 0 || (later === 0 && worse <= 0))
    return { written: false, finding: stored, sentence: `It is no newer than what is known (${seen}).` };
  const begins = finding.status !== 'Green' && stored.status === 'Green';
  const episode = stored.episode + (begins ? 1 : 0);
  return {
    written: true,
    finding: { ...finding, findingId, episode },
    sentence: `It is newer than what is known (${seen})${begins ? ', and begins a new episode' : ''}.`,
  };
}
