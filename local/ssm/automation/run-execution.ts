import { setImmediate as turn } from 'node:timers/promises';
import { stepNamedBy } from '../documents/runbook.ts';
import type { EngineDeps } from './deps.ts';
import { emitExecutionStatus } from './events.ts';
import type { Execution, Status, StepExecution } from './execution.ts';
import { failureMessage } from './failure.ts';
import { nextStep } from './next-step.ts';
import { runStep } from './run-step.ts';

/** Steps that one execution may run: a runbook that goes in circles ends as a failure. */
export const MAX_STEP_EXECUTIONS = 1_000;
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
    status = await runSteps(deps, execution);
  } catch (error) {
    status = 'Failed';
    execution.failureMessage = failureMessage(error);
  }
  delete execution.currentStep;
  execution.endTime = deps.clock.now();
  execution.status = status;
  emitExecutionStatus(deps, execution);
}

async function runSteps(deps: EngineDeps, execution: Execution): Promise<Status> {
  let name = execution.runbook.steps[0]?.name;
  let failed = false;
  for (let count = 1; name !== undefined; count++) {
    if (count > MAX_STEP_EXECUTIONS) throw new Error(circular(name));
    // Steps that never wait must not keep others from the event loop.
    await turn();
    if (execution.cancellation.signal.aborted) return 'Cancelled';
    const step = begin(deps, execution, name);
    await runStep(deps, { execution, step }, execution.cancellation.signal);
    if (step.status === 'Cancelled') return await runCancellation(deps, execution, step);
    if (step.status !== 'Success' && step.definition.isCritical) {
      failed = true;
      execution.failureMessage = step.failureMessage ?? '';
    }
    const next = nextStep(execution, step);
    if (next.kind === 'abort') return abort(execution, step);
    name = next.kind === 'step' && !execution.completeRequested ? next.name : undefined;
  }
  return failed ? 'Failed' : 'Success';
}

function abort(execution: Execution, step: StepExecution): Status {
  execution.failureMessage = step.failureMessage ?? '';
  return step.status;
}

/** Takes the pending entry of a step, or adds one for a step that runs again. */
function begin(deps: EngineDeps, execution: Execution, name: string): StepExecution {
  const entries = execution.steps.filter((entry) => entry.definition.name === name);
  const pending = entries.find((entry) => entry.status === 'Pending');
  const definition = (pending ?? entries[0])?.definition;
  if (definition === undefined) throw new Error(`The step ${name} does not exist`);
  const step: StepExecution = pending ?? { id: deps.ids.uuid(), definition, status: 'Pending' };
  if (pending === undefined) execution.steps.push(step);
  execution.currentStep = step;
  return step;
}

/** Runs what `onCancel` names, for two minutes at most. The execution ends as cancelled, however that goes. */
async function runCancellation(
  deps: EngineDeps,
  execution: Execution,
  cancelled: StepExecution,
): Promise<Status> {
  let name = stepNamedBy(cancelled.definition.onCancel);
  if (name === undefined) return 'Cancelled';
  const done = new AbortController();
  const limit = new AbortController();
  const timer = deps.clock.sleep(CANCELLATION_MS, done.signal).then(
    () => limit.abort(),
    (error: unknown) => {
      if (!done.signal.aborted) deps.reportFault(error);
    },
  );
  for (let count = 1; name !== undefined && count <= MAX_STEP_EXECUTIONS; count++) {
    await turn();
    const step = begin(deps, execution, name);
    await runStep(deps, { execution, step }, limit.signal);
    if (step.status === 'Cancelled') break;
    const next = nextStep(execution, step);
    name = next.kind === 'step' ? next.name : undefined;
  }
  done.abort();
  await timer;
  return 'Cancelled';
}

function circular(name: string): string {
  return `The runbook ran ${MAX_STEP_EXECUTIONS} steps without coming to an end, the last would have been ${name}: it goes in circles, or is too long`;
}
