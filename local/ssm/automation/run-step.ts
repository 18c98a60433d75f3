import type { EngineDeps } from './deps.ts';
import { emitStepStatus } from './events.ts';
import type { Execution, StepExecution } from './execution.ts';
import { failureMessage, StepFailure, timeoutMessage } from './failure.ts';
import { missingValues } from './missing-values.ts';
import { type Attempt, runAttempt } from './run-attempt.ts';

const FIRST_RETRY_MS = 1_000;
const SLOWEST_RETRY_MS = 60_000;

/**
 * Runs a step with its attempts, and writes on it how it ended. Never throws for what a runbook does.
 * @param signal cancels the step
 */
export async function runStep(
  deps: EngineDeps,
  run: { readonly execution: Execution; readonly step: StepExecution },
  signal: AbortSignal,
): Promise<void> {
  const { execution, step } = run;
  step.status = 'InProgress';
  step.startTime = deps.clock.now();
  step.stop = new AbortController();
  emitStepStatus(deps, execution, step);
  const attempt = await runAttempts(deps, run, AbortSignal.any([signal, step.stop.signal]));
  finish(run, attempt);
  delete step.stop;
  step.endTime = deps.clock.now();
  emitStepStatus(deps, execution, step);
}

/** Fails a step without running it. */
export function refuseStep(
  deps: EngineDeps,
  run: { readonly execution: Execution; readonly step: StepExecution },
  error: Error,
): void {
  const { execution, step } = run;
  step.startTime = deps.clock.now();
  finish(run, { kind: 'failed', error });
  step.endTime = deps.clock.now();
  emitStepStatus(deps, execution, step);
}

async function runAttempts(
  deps: EngineDeps,
  run: { readonly execution: Execution; readonly step: StepExecution },
  signal: AbortSignal,
): Promise<Attempt> {
  let attempt = await runAttempt(deps, run, signal);
  for (let number = 1; canRetry(attempt) && number < run.step.definition.maxAttempts; number++) {
    const rested = await rest(deps, number, signal);
    attempt = rested ? await runAttempt(deps, run, signal) : { kind: 'cancelled' };
  }
  return attempt;
}

/** What is wrong with the runbook itself stays wrong. */
function canRetry(attempt: Attempt): boolean {
  if (attempt.kind === 'timedOut') return true;
  if (attempt.kind !== 'failed') return false;
  return !(attempt.error instanceof StepFailure && attempt.error.details.stage === 'InputValidation');
}

/** False: cancelled meanwhile. */
async function rest(deps: EngineDeps, failures: number, signal: AbortSignal): Promise<boolean> {
  try {
    await deps.clock.sleep(Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), SLOWEST_RETRY_MS), signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

function finish(
  run: { readonly execution: Execution; readonly step: StepExecution },
  attempt: Attempt,
): void {
  const { step } = run;
  switch (attempt.kind) {
    case 'done':
      step.status = 'Success';
      if (attempt.nextStep !== undefined) step.chosenStep = attempt.nextStep;
      record(run, attempt.outputs);
      return;
    case 'failed':
      step.status = 'Failed';
      step.failureMessage = failureMessage(attempt.error, missingValues(step.inputs, run.execution));
      step.failureDetails =
        attempt.error instanceof StepFailure
          ? attempt.error.details
          : { stage: 'Invocation', type: 'Internal' };
      if (attempt.error instanceof StepFailure) {
        if (attempt.error.nextStep !== undefined) step.chosenStep = attempt.error.nextStep;
        record(run, attempt.error.outputs);
      }
      return;
    case 'timedOut':
      step.status = 'TimedOut';
      step.failureMessage = timeoutMessage(attempt.seconds);
      step.failureDetails = { stage: 'Invocation', type: 'Action' };
      return;
    case 'cancelled':
      step.status = 'Cancelled';
  }
}

function record(
  { execution, step }: { readonly execution: Execution; readonly step: StepExecution },
  outputs: ReadonlyMap<string, unknown>,
): void {
  step.outputs = outputs;
  // A step that runs again can find nothing where it found something before.
  for (const { name } of step.definition.outputs) execution.outputs.delete(`${step.definition.name}.${name}`);
  for (const [name, value] of outputs) execution.outputs.set(`${step.definition.name}.${name}`, value);
}
