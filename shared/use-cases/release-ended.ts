import type { CheckGuard } from '../domain/check-guard.ts';
import { outcomeOf } from '../domain/lifecycle.ts';
import { type Remediation, TAGS } from '../domain/remediation.ts';
import type { Runbooks } from '../ports.ts';
import { type GuardDeps, releaseBatch } from './conclude.ts';

/** Younger ones may be about to start. */
const YOUNG_MS = 2 * 60_000;
/** Systems Manager is asked about so many at most. */
const MOST_ASKED = 5;

/**
 * Frees the slots of rate-controlled executions that have ended, or never began: the event of an end may have been
 * lost, and whoever was to start one may have died. It is looked at where slots are wanted, and none is free.
 */
export async function releaseEnded(
  deps: GuardDeps & { readonly runbooks: Runbooks },
  [row]: readonly Remediation[],
  { batches = {} }: CheckGuard,
): Promise<void> {
  if (row === undefined) return;
  const before = deps.clock.now().getTime() - YOUNG_MS;
  const old = Object.entries(batches)
    .filter(([, { since }]) => Date.parse(since) < before)
    .toSorted(([, a], [, b]) => (a.since < b.since ? -1 : 1));
  for (const [token, { account, region }] of old.slice(0, MOST_ASKED)) {
    const place = { account, region };
    const id = await deps.runbooks.findByTagKey(TAGS.token(token), place);
    const execution = id === undefined ? undefined : await deps.runbooks.get(id, place);
    if (execution !== undefined && outcomeOf(execution.status) === undefined) continue;
    await releaseBatch(deps, { ...place, checkName: row.checkName }, token);
  }
}
