import { AwsError } from '../../aws-error.ts';
import type { Execution, StepExecution } from './execution.ts';

export type SignalType = 'Approve' | 'Reject' | 'StartStep' | 'StopStep' | 'Resume' | 'Revoke';

/** What SendAutomationSignal brings to an execution. */
export interface Signal {
  readonly type: SignalType;
  /** ARN of the sender. */
  readonly principal: string;
  readonly payload: ReadonlyMap<string, readonly string[]>;
}

/** A step that waits for signals. */
export interface SignalWaiter {
  readonly step: StepExecution;
  readonly accepts: ReadonlySet<SignalType>;
  /** @throws AwsError InvalidAutomationSignalException where the sender may not */
  deliver(signal: Signal): void;
}

/**
 * Hands a signal to the step that it is for: the one that its payload names, else the one that waits for it.
 * @throws AwsError InvalidAutomationSignalException, AutomationStepNotFoundException
 */
export function deliver(execution: Execution, signal: Signal): void {
  if (signal.type === 'StopStep') {
    stopStep(execution, signal);
    return;
  }
  const waiting = [...execution.waiters].filter((waiter) => waiter.accepts.has(signal.type));
  const [name] = signal.payload.get('StepName') ?? [];
  const [id] = signal.payload.get('StepExecutionId') ?? [];
  const named = waiting.find(
    ({ step }) =>
      (name === undefined || step.definition.name === name) && (id === undefined || step.id === id),
  );
  if (named !== undefined) {
    named.deliver(signal);
    return;
  }
  if (waiting.length > 0 || isUnknown(execution, { name, id })) throw stepNotFound(execution, name ?? id);
  throw invalidSignal(
    `The signal ${signal.type} can't be sent to the automation execution ${execution.id}: its status is ${execution.status}, and no step waits for that signal.`,
  );
}

export function invalidSignal(message: string): AwsError {
  return new AwsError('InvalidAutomationSignalException', message);
}

/** Cancels one step that runs. */
function stopStep(execution: Execution, signal: Signal): void {
  const [id] = signal.payload.get('StepExecutionId') ?? [];
  if (id === undefined) throw invalidSignal('The signal StopStep needs the StepExecutionId in its payload.');
  const step = execution.steps.find((candidate) => candidate.id === id);
  if (step === undefined) throw stepNotFound(execution, id);
  if (step.stop === undefined) {
    throw invalidSignal(`The step ${step.definition.name} does not run: its status is ${step.status}.`);
  }
  step.stop.abort();
}

function isUnknown(
  execution: Execution,
  { name, id }: { name?: string | undefined; id?: string | undefined },
) {
  if (name === undefined && id === undefined) return false;
  return !execution.steps.some((step) => step.definition.name === name || step.id === id);
}

function stepNotFound(execution: Execution, step: string | undefined): AwsError {
  return new AwsError(
    'AutomationStepNotFoundException',
    `The automation execution ${execution.id} has no step ${step} that waits for this signal.`,
  );
}
