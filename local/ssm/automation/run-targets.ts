import { AwsError } from '../../aws-error.ts';
import type { StepDefinition } from '../documents/runbook.ts';
import type { EngineDeps } from './deps.ts';
import { emitStepStatus } from './events.ts';
import type { Execution, Status, StepExecution } from './execution.ts';
import { failureMessage } from './failure.ts';
import { portionOf, type RateControl, type TargetRun } from './rate-control.ts';
import { resolveTargets } from './resolve-targets.ts';

/** One child to be: the parameters that differ, and how it is shown. */
interface Run extends TargetRun {
  readonly parameters: ReadonlyMap<string, readonly string[]>;
}

/**
 * Runs a document once for each target, `MaxConcurrency` at a time, until more than `MaxErrors` have failed;
 * those that run then are left to end.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/running-automations-scale-controls.html
 */
export async function runTargets(deps: EngineDeps, execution: Execution): Promise<Status> {
  const control = execution.rateControl;
  if (control === undefined) throw new Error('The execution has no rate control');
  const { signal } = execution.cancellation;
  const runs = await plan(deps, execution, control);
  control.resolved.push(...runs.map(({ value }) => value));
  if (runs.length === 0) throw new Error('No resource matches the targets');
  const steps = runs.map((run) => addStep(deps, execution, run));
  const concurrency = Math.max(1, portionOf(control.maxConcurrency, runs.length));
  const maxErrors = portionOf(control.maxErrors, runs.length);
  const failed = () => steps.filter(({ status }) => status === 'Failed' || status === 'TimedOut').length;
  const queue = runs.entries();
  const worker = async () => {
    for (const [index, run] of queue) {
      const step = steps[index];
      if (step === undefined || signal.aborted || execution.completeRequested || failed() > maxErrors) return;
      await runTarget(deps, execution, { run, step });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (signal.aborted) return 'Cancelled';
  if (failed() <= maxErrors) return 'Success';
  execution.failureMessage = `${failed()} of ${runs.length} executions failed, and MaxErrors is ${control.maxErrors}. The first: ${steps.find(({ failureMessage: message }) => message !== undefined)?.failureMessage}`;
  return 'Failed';
}

async function plan(deps: EngineDeps, execution: Execution, control: RateControl): Promise<Run[]> {
  const { parameterName, targetMaps } = control;
  if (targetMaps.length > 0) {
    return targetMaps.map((map) => {
      const own = parameterName === undefined ? undefined : map[parameterName]?.join(',');
      return { value: own ?? JSON.stringify(map), parameterName, parameters: new Map(Object.entries(map)) };
    });
  }
  const name = parameterName ?? '';
  const values = await resolveTargets(deps, execution, control);
  return values.map((value) => ({ value, parameterName, parameters: new Map([[name, [value]]]) }));
}

/** The parent shows each child as a step, which bears the target's name. */
function addStep({ ids }: EngineDeps, execution: Execution, run: Run): StepExecution {
  const definition: StepDefinition = {
    name: run.value,
    action: 'aws:executeAutomation',
    inputs: {},
    maxAttempts: 1,
    timeoutSeconds: undefined,
    onFailure: 'Continue',
    onCancel: 'Abort',
    isEnd: true,
    isCritical: true,
    nextStep: undefined,
    outputs: [],
    steps: [],
  };
  const step: StepExecution = { id: ids.uuid(), definition, siblings: [definition], status: 'Pending' };
  step.inputs = Object.fromEntries(run.parameters);
  execution.steps.push(step);
  return step;
}

async function runTarget(
  deps: EngineDeps,
  execution: Execution,
  { run, step }: { readonly run: Run; readonly step: StepExecution },
): Promise<void> {
  step.status = 'InProgress';
  step.startTime = deps.clock.now();
  execution.currentStep = step;
  emitStepStatus(deps, execution, step);
  try {
    const child = startOne(deps, execution, run);
    const cancel = () => child.cancellation.abort();
    execution.cancellation.signal.addEventListener('abort', cancel, { once: true });
    await child.ended.promise;
    execution.cancellation.signal.removeEventListener('abort', cancel);
    step.status = child.status;
    step.outputs = new Map<string, unknown>([
      ['ExecutionId', child.id],
      ['Status', child.status],
    ]);
    if (child.failureMessage !== undefined) step.failureMessage = child.failureMessage;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    step.status = 'Failed';
    step.failureMessage = failureMessage(error);
    step.failureDetails = { stage: 'InputValidation', type: 'Action' };
  }
  step.endTime = deps.clock.now();
  emitStepStatus(deps, execution, step);
}

function startOne(deps: EngineDeps, execution: Execution, run: Run): Execution {
  return deps.startChild({
    documentName: execution.documentName,
    documentVersion: execution.documentVersion,
    parameters: new Map([...execution.givenParameters, ...run.parameters]),
    parent: execution,
    target: { value: run.value, parameterName: run.parameterName },
  });
}
