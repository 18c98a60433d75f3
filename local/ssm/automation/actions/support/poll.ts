import type { ActionContext } from '../action.ts';

const FIRST_PAUSE_MS = 250;
const SLOWEST_PAUSE_MS = 5_000;

/**
 * Asks, slower and slower, until `ask` has an answer. The step's own timeout and its cancellation end it.
 */
export async function pollUntil<Answer>(
  { deps, signal }: ActionContext,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, SLOWEST_PAUSE_MS)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    signal.throwIfAborted();
    await deps.clock.sleep(pause, signal);
  }
}
