import { StepFailure } from '../../failure.ts';
import type { ActionContext } from '../action.ts';

/**
 * Runs an action within the longest time that Automation gives it, whatever the step's own timeout.
 * @throws StepFailure where it takes longer; what runs is told to end, and not waited for
 */
export async function withCeiling<Result>(
  context: ActionContext,
  seconds: number,
  run: (context: ActionContext) => Promise<Result>,
): Promise<Result> {
  if ((context.step.timeoutSeconds ?? 0) <= seconds) return run(context);
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, ended.signal]);
  try {
    return await Promise.race([run({ ...context, signal }), elapse(context, seconds, signal)]);
  } finally {
    ended.abort();
  }
}

async function elapse({ deps, step }: ActionContext, seconds: number, signal: AbortSignal): Promise<never> {
  await deps.clock.sleep(seconds * 1000, signal);
  throw new StepFailure(
    `${step.action} did not end within ${seconds} seconds, the longest that it may take whatever timeoutSeconds says`,
  );
}
