import type { EngineDeps } from './deps.ts';
import type { Execution, StepExecution } from './execution.ts';
import { waitForSignal } from './wait-for-signal.ts';

/** In Interactive mode a step waits until StartStep is sent for it. False: cancelled meanwhile. */
export async function awaitStart(
  deps: EngineDeps,
  run: { readonly execution: Execution; readonly step: StepExecution },
  signal: AbortSignal,
): Promise<boolean> {
  if (run.execution.mode === 'Auto') return true;
  try {
    await waitForSignal(deps, { ...run, signal, accepts: ['StartStep'], read: () => true });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    run.step.status = 'Cancelled';
    return false;
  }
}
