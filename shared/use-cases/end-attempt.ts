import { RemediatorError } from '../domain/errors.ts';
import { retryAt } from '../domain/history.ts';
import { type Reason, sentenceOf } from '../domain/reason.ts';
import {
  attemptKey,
  attemptNumberOf,
  clientTokenOf,
  episodeOf,
  type Remediation,
} from '../domain/remediation.ts';
import type { Claim, Clock, ExecutionStore, Log, OpsItems } from '../ports.ts';
import { backOff, TURNS } from './back-off.ts';
import { concludeAttempt, type GuardDeps } from './conclude.ts';

export interface EndAttemptDeps extends GuardDeps {
  readonly executions: ExecutionStore;
  readonly opsItems: OpsItems;
  readonly clock: Clock;
  readonly log: Log;
}

interface Failure {
  readonly reason: Reason;
  /** What the OpsItem is told beside it. */
  readonly data?: Readonly<Record<string, string>>;
  readonly automationExecutionId?: string;
  /** false: another attempt would not help, or nobody wants it. */
  readonly retry?: boolean;
  /** Cancelled: nothing was tried, so that it is no failure for `failureBreaker`. */
  readonly outcome?: 'Failed' | 'Cancelled';
}

/**
 * Ends an attempt without success. Where the mapping allows another one, its row is there, waiting for its time,
 * before this one ends: a crash in between leaves neither lost.
 */
export async function failAttempt(
  deps: EndAttemptDeps,
  remediation: Remediation,
  failure: Failure,
): Promise<void> {
  const { reason, data = {}, automationExecutionId, retry = true, outcome = 'Failed' } = failure;
  const { policy, opsItemId, account, region } = remediation;
  const number = attemptNumberOf(remediation);
  const again = retry && policy !== undefined && number < policy.maxAttempts;
  const at = again ? retryAt(remediation, policy, deps.clock.now()) : undefined;
  const next = at
    ? `Attempt ${number + 1} of ${policy?.maxAttempts} begins at ${at.toISOString()}.`
    : 'No further attempt is made by itself.';
  if (opsItemId !== undefined && !remediation.sharesOpsItem) {
    const there = await deps.opsItems.update(opsItemId, {
      account,
      region,
      data: {
        ...(automationExecutionId ? { searchable: { automationExecutionId } } : {}),
        plain: { result: sentenceOf(reason), next, ...data },
      },
    });
    if (!there) deps.log.warn('The OpsItem is gone', { opsItemId });
  }
  if (at) await claimRetry(deps, retryOf(remediation, number + 1, at));
  await concludeAttempt(deps, remediation, outcome);
  await deps.executions.transition(remediation, 'Failed', {
    stateReason: sentenceOf(reason),
    reasonCode: reason.code,
    nextActionAt: null,
    ...(automationExecutionId ? { automationExecutionId } : {}),
    ...(opsItemId ? { opsItemId } : {}),
  });
}

/** Puts the row of another attempt, whoever else writes the finding or the row at this moment. */
export async function claimRetry(
  { executions, clock }: Pick<EndAttemptDeps, 'executions' | 'clock'>,
  retry: Remediation,
): Promise<Claim['outcome']> {
  for (let turn = 1; turn <= TURNS; turn++) {
    const { outcome } = await executions.claim(retry);
    if (outcome !== 'contended') return outcome;
    await backOff(clock, turn, retry.findingId);
  }
  throw new RemediatorError(
    'LIFECYCLE_CONFLICT',
    `The next attempt at ${retry.findingId} was overtaken ${TURNS} times.`,
  );
}

/** The row of the next attempt, which the reconciler decides anew when its time has come. */
function retryOf(failed: Remediation, number: number, at: Date): Remediation {
  const { checkName, resource, account, region, document, parameters, policy, opsItemId, sharesOpsItem } =
    failed;
  const key = attemptKey({ findingId: failed.findingId, episode: episodeOf(failed) }, number);
  return {
    ...key,
    state: 'Deferred',
    stateReason: `RETRY: the attempt before this one failed; the next begins at ${at.toISOString()}.`,
    reasonCode: 'RETRY',
    checkName,
    resource,
    account,
    region,
    clientToken: clientTokenOf(key),
    enteredAt: {},
    nextActionAt: at.toISOString(),
    notBefore: at.toISOString(),
    arrived: true,
    ...(document && parameters ? { document, parameters } : {}),
    ...(policy ? { policy } : {}),
    ...(opsItemId ? { opsItemId, sharesOpsItem: sharesOpsItem ?? false } : {}),
  };
}
