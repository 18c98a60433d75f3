import { isWaiting } from '../domain/lifecycle.ts';
import { type Reason, sentenceOf } from '../domain/reason.ts';
import { episodeOf, type Remediation } from '../domain/remediation.ts';
import type { ExecutionStore } from '../ports.ts';
import { type EndAttemptDeps, failAttempt } from './end-attempt.ts';
import { rejectAttempt } from './reject-attempt.ts';

/**
 * A person had it undone: in this episode nothing is done again by itself, however often the check is still Red.
 * Done twice, it is done once.
 */
export async function leaveAlone(
  deps: EndAttemptDeps & { readonly executions: ExecutionStore },
  undone: Remediation,
  by: string,
): Promise<void> {
  const reason: Reason = {
    code: 'UNDONE',
    sentence: `${by} had it undone; it is left to people until the check has been Green.`,
  };
  const rows = await deps.executions.list(undone.findingId);
  for (const row of rows.filter((each) => episodeOf(each) === episodeOf(undone))) {
    if (isWaiting(row.state)) await rejectAttempt(deps, row, reason);
    else if (row.state === 'Verifying')
      await failAttempt(deps, row, { reason, retry: false, outcome: 'Cancelled' });
    else if (row.state === 'Resolved' && row.reasonCode === 'SUCCEEDED')
      await deps.executions.amend(row, 'Resolved', {
        stateReason: sentenceOf(reason),
        reasonCode: reason.code,
      });
  }
}
