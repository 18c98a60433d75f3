import { jitterOf } from '../domain/jitter.ts';
import type { Clock } from '../ports.ts';

/** How often something is tried anew because others change the same row at the same time. */
export const TURNS = 60;

const FIRST_MS = 40;
/** Longer than it takes for a hundred handlers to write one row, one after the other, were they to come in turn. */
const LONGEST_MS = 2000;

/**
 * Waits before the next turn: exponential, with jitter over the whole of it, so that those who collided do not collide
 * again. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backOff(clock: Clock, turn: number, who: string): Promise<void> {
  const longest = Math.min(FIRST_MS * 2 ** turn, LONGEST_MS);
  return clock.sleep(Math.ceil(longest * jitterOf(`${who} ${turn}`)));
}
