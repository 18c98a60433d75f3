import type { EngineDeps } from './deps.ts';
import { emitExecutionStatus, emitStepStatus } from './events.ts';
import type { Execution, StepExecution } from './execution.ts';
import type { Signal, SignalType, SignalWaiter } from './signals.ts';

interface Waiting<T> {
  readonly execution: Execution;
  readonly step: StepExecution;
  readonly signal: AbortSignal;
  readonly accepts: readonly SignalType[];
  /**
   * What a signal means; undefined: wait on.
   * @throws AwsError for a signal that is refused
   */
  readonly read: (signal: Signal) => T | undefined;
}

/**
 * Lets a step and its execution wait (status `Waiting`) for a signal that answers.
 * Rejects with the reason of `signal` when that is aborted.
 */
export async function waitForSignal<T>(deps: EngineDeps, waiting: Waiting<T>): Promise<T> {
  const { execution, step, signal } = waiting;
  signal.throwIfAborted();
  const answer = Promise.withResolvers<T>();
  const waiter: SignalWaiter = {
    step,
    accepts: new Set(waiting.accepts),
    deliver: (sent) => {
      const value = waiting.read(sent);
      if (value !== undefined) answer.resolve(value);
    },
  };
  const abort = () => answer.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  execution.waiters.add(waiter);
  setStatus(deps, waiting, 'Waiting');
  try {
    return await answer.promise;
  } finally {
    execution.waiters.delete(waiter);
    signal.removeEventListener('abort', abort);
    if (!signal.aborted) setStatus(deps, waiting, 'InProgress');
    else if (execution.status === 'Waiting') execution.status = 'InProgress';
  }
}

function setStatus<T>(
  deps: EngineDeps,
  { execution, step }: Waiting<T>,
  status: 'Waiting' | 'InProgress',
): void {
  step.status = status;
  emitStepStatus(deps, execution, step);
  if (execution.status === 'Cancelling') return;
  execution.status = status;
  emitExecutionStatus(deps, execution);
}
