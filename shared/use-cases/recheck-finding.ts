import type { Accounts, CheckStore, Recheck, RecheckAnswer } from '../ports.ts';

export interface RecheckDeps {
  readonly checks: CheckStore;
  readonly accounts: Accounts;
  readonly recheck: Recheck;
}

/** An attempt that waits for its check to turn Green. */
export interface Verification {
  readonly findingId: string;
  readonly episode: number;
  /** When its runbook had succeeded: what the source saw before that says nothing. */
  readonly since: Date;
}

export type RecheckOutcome = RecheckAnswer | 'over' | 'seen since';

/**
 * Asks a finding's source to look again, so that a verification need not wait for its next turn. Changes no row.
 * @throws RemediatorError SOURCE_BUSY
 */
export async function recheckFinding(
  { checks, accounts, recheck }: RecheckDeps,
  { findingId, episode, since }: Verification,
): Promise<RecheckOutcome> {
  const finding = await checks.get(findingId);
  if (finding === undefined || finding.status === 'Green' || finding.episode !== episode) return 'over';
  if (finding.observedAt > since) return 'seen since';
  if (!(await accounts.reaches(finding.account))) return 'cannot be asked';
  return recheck.ask(finding, since);
}
