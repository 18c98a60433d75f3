import { jitterOf } from './jitter.ts';
import { isOver } from './lifecycle.ts';
import type { Mapping, Policy } from './mapping.ts';
import type { Reason } from './reason.ts';
import { attemptNumberOf, type Remediation } from './remediation.ts';

const HOUR_MS = 3_600_000;
/** Longer than any backoff that could help. */
const MAX_BACKOFF_MS = 24 * HOUR_MS;

/**
 * When the attempt after a failed one begins: exponential, with jitter from half to the whole of it, so that what
 * failed together does not come back together. The jitter is made from the key: the same for every replay.
 */
export function retryAt(failed: Pick<Remediation, 'findingId' | 'attempt'>, policy: Policy, now: Date): Date {
  const whole = policy.retryAfterSeconds * 1000 * 2 ** (attemptNumberOf(failed) - 1);
  const spread = jitterOf(`${failed.findingId} ${failed.attempt}`);
  return new Date(now.getTime() + Math.min(whole, MAX_BACKOFF_MS) * (0.5 + spread / 2));
}

/** As much of an attempt as loops and cool-downs rest on. */
export type PastAttempt = Pick<Remediation, 'attempt' | 'state' | 'enteredAt' | 'succeededAt'>;

/** The resource was remediated again and again, turned Green, and Red once more: something keeps changing it back. */
export function loopReason(
  history: readonly PastAttempt[],
  { loop }: Pick<Mapping, 'loop'>,
  { now, episode }: { readonly now: Date; readonly episode: number },
): Reason | undefined {
  const since = now.getTime() - loop.withinHours * HOUR_MS;
  const rounds = new Map<number, string>();
  for (const remediation of history) {
    // An end that was heard of before the start was written leaves no time in Running.
    const started = remediation.enteredAt.Running ?? remediation.succeededAt;
    const number = Number.parseInt(remediation.attempt, 10);
    if (started === undefined || number >= episode || !isOver(remediation.state)) continue;
    if (Date.parse(started) > since) rounds.set(number, started);
  }
  if (rounds.size < loop.times) return undefined;
  return {
    code: 'LOOP_DETECTED',
    sentence: `Something keeps changing it back: remediated ${rounds.size} times within ${loop.withinHours} hours (${[...rounds.values()].join(', ')}), Green and Red again each time.`,
    remedy:
      'Find out what changes the resource back, and mend it there; it is left alone until the loop has aged.',
  };
}

/** When a cool-down after the newest success ends; undefined: there is none, or it has ended. */
export function coolDownEnd(
  history: readonly PastAttempt[],
  { coolDownSeconds }: Pick<Mapping, 'coolDownSeconds'>,
  now: Date,
): Date | undefined {
  const successes = history.flatMap(({ succeededAt }) =>
    succeededAt === undefined ? [] : [Date.parse(succeededAt)],
  );
  if (successes.length === 0) return undefined;
  const end = new Date(Math.max(...successes) + coolDownSeconds * 1000);
  return end > now ? end : undefined;
}
