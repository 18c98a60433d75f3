import type { CheckGuard } from './check-guard.ts';
import type { Reason } from './reason.ts';
import type { Remediation } from './remediation.ts';
import type { RunbookParameters } from './template.ts';

interface Decided {
  readonly reason: Reason;
  /** The check's counters as this decision leaves them; undefined: as they were. */
  readonly guard?: CheckGuard;
  /** The finding's episode is counted among the check's arrivals now, or was before. */
  readonly arrived?: boolean;
  readonly runbook?: string;
  readonly parameters?: RunbookParameters;
  /** A click on the finding that is a yes to this plan from now on. */
  readonly approval?: Remediation['approval'];
}

/** What would be started. */
interface Planned extends Decided {
  readonly runbook: string;
  readonly parameters: RunbookParameters;
}

/** What is done about a finding, and why. */
export type Decision =
  | (Planned & { readonly action: 'start' })
  /** A person is asked; without an answer until then, nothing is done. */
  | (Planned & { readonly action: 'ask'; readonly until: Date })
  /** Written down and told, as it would have been started. */
  | (Planned & { readonly action: 'dryRun' })
  /** Decided anew then. `storm`: it waits on the OpsItem of the storm. */
  | (Decided & { readonly action: 'defer'; readonly until: Date; readonly storm?: boolean })
  /** An OpsItem tells people, and nothing else is done. */
  | (Decided & { readonly action: 'notify' })
  /** Left alone on purpose, without an OpsItem. `until`: decided anew then. */
  | (Decided & { readonly action: 'suppress'; readonly until?: Date });

/** What one guard says where it does not let a finding pass. */
export type Verdict = Exclude<Decision, { readonly action: 'start' }>;
