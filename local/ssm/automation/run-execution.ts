import { type StepDefinition, stepNamedBy } from '../documents/runbook.ts';
import type { EngineDeps } from './deps.ts';
import { emitExecutionStatus } from './events.ts';
import type { Execution, Status, StepExecution } from './execution.ts';
import { failureMessage } from './failure.ts';
import { runSteps } from './run-steps.ts';
import { runTargets } from './run-targets.ts';

/** What a cancelled execution has for its `onCancel` steps, as in AWS. */
const CANCELLATION_MS = 2 * 60 * 1000;

/** Runs an execution to its end. Never rejects: whatever goes wrong is the execution's failure. */
export async function runExecution(deps: EngineDeps, execution: Execution): Promise<void> {
  if (!execution.cancellation.signal.aborted) {
    execution.status = 'InProgress';
    emitExecutionStatus(deps, execution);
  }
  let status: Status;
  try {
    status =
      execution.rateControl === undefined
        ? await runRunbook(deps, execution)
        : await runTargets(deps, execution);
  } catch (error) {
    status = 'Failed';
    execution.failureMessage = failureMessage(error);
  }
  delete execution.currentStep;
  execution.endTime = deps.clock.now();
  execution.status = status;
  emitExecutionStatus(deps, execution);
}

async function runRunbook(deps: EngineDeps, execution: Execution): Promise<Status> {
  const { steps } = execution.runbook;
  const { status, culprit } = await runSteps(deps, { execution, steps }, execution.cancellation.signal);
  if (status === 'Cancelled' && execution.cancellation.signal.aborted) {
    await runCancellation(deps, execution, culprit && innermost(execution, culprit));
  } else if (status !== 'Success') {
    execution.failureMessage = culprit?.failureMessage ?? '';
  }
  return status;
}

/** A loop has no onCancel: what counts is that of its step which was cancelled. */
function innermost(execution: Execution, culprit: StepExecution): StepExecution {
  return (
    execution.steps.findLast((step) => step.parent?.step === culprit && step.status === 'Cancelled') ??
    culprit
  );
}

/** Runs what `onCancel` names, for two minutes at most. The execution ends as cancelled, however that goes. */
async function runCancellation(
  deps: EngineDeps,
  execution: Execution,
  cancelled: StepExecution | undefined,
): Promise<void> {
  const from = cancelled && stepNamedBy(cancelled.definition.onCancel);
  if (cancelled === undefined || from === undefined) return;
  const done = new AbortController();
  const limit = new AbortController();
  const timer = deps.clock.sleep(CANCELLATION_MS, done.signal).then(
    () => limit.abort(),
    (error: unknown) => {
      if (!done.signal.aborted) deps.reportFault(error);
    },
  );
  const steps = stepsWith(execution, cancelled, from);
  await runSteps(deps, { execution, steps, from, unattended: true }, limit.signal);
  done.abort();
  await timer;
}

/** Where the onCancel step of a step in a loop is: in the loop, or in the runbook. */
function stepsWith(execution: Execution, cancelled: StepExecution, name: string): readonly StepDefinition[] {
  return cancelled.siblings.some((step) => step.name === name) ? cancelled.siblings : execution.runbook.steps;
}
