import { setImmediate as turn } from 'node:timers/promises';
import type { StepDefinition } from '../documents/runbook.ts';
import { awaitStart } from './await-start.ts';
import type { EngineDeps } from './deps.ts';
import type { Execution, ParentStep, Status, StepExecution } from './execution.ts';
import { nextStep } from './next-step.ts';
import { refuseStep, runStep } from './run-step.ts';
import { beginStep } from './steps.ts';

/** Steps that one execution, or one iteration of a loop, may run: a runbook that goes in circles ends as a failure. */
export const MAX_STEP_EXECUTIONS = 1_000;

/** How a list of steps ended. */
export interface StepsOutcome {
  readonly status: Status;
  /** The last step that failed, and made the whole fail; or the one that was cancelled. */
  readonly culprit?: StepExecution;
  /** A step outside the list, which the last one goes to. */
  readonly outside?: string;
}

/** A list of steps to run: the runbook's, or those of a loop's iteration. */
export interface StepList {
  readonly execution: Execution;
  readonly steps: readonly StepDefinition[];
  readonly parent?: ParentStep;
  /** @default the first of the list */
  readonly from?: string;
  /** Whether an Interactive execution runs them without waiting for StartStep. @default false */
  readonly unattended?: boolean;
}

/**
 * Runs steps from the first one to the end that they lead to. A step that is cancelled ends it; where they go in
 * circles, the step that is one too many fails.
 */
export async function runSteps(deps: EngineDeps, list: StepList, signal: AbortSignal): Promise<StepsOutcome> {
  const { execution, steps } = list;
  let name = list.from ?? steps[0]?.name;
  let culprit: StepExecution | undefined;
  for (let count = 1; name !== undefined; count++) {
    // Steps that never wait must not keep others from the event loop.
    await turn();
    if (signal.aborted) return { status: 'Cancelled' };
    const step = begin(deps, list, name);
    if (count > MAX_STEP_EXECUTIONS) {
      refuseStep(deps, { execution, step }, new Error(circular(name)));
      return { status: 'Failed', culprit: step };
    }
    const started = list.unattended || (await awaitStart(deps, { execution, step }, signal));
    if (!started) return { status: 'Cancelled', culprit: step };
    await runStep(deps, { execution, step }, signal);
    if (step.status === 'Cancelled' && signal.aborted) return { status: 'Cancelled', culprit: step };
    if (step.status !== 'Success' && step.definition.isCritical) culprit = step;
    const next = nextStep(step);
    if (next.kind === 'abort') return { status: step.status, culprit: step };
    if (next.kind === 'outside') {
      return {
        status: culprit === undefined ? 'Success' : 'Failed',
        outside: next.name,
        ...(culprit && { culprit }),
      };
    }
    name = next.kind === 'step' && !execution.completeRequested ? next.name : undefined;
  }
  return culprit === undefined ? { status: 'Success' } : { status: 'Failed', culprit };
}

function begin(deps: EngineDeps, list: StepList, name: string): StepExecution {
  const { execution, steps, parent } = list;
  const definition = steps.find((step) => step.name === name);
  if (definition === undefined) throw new Error(`The step ${name} does not exist`);
  return beginStep(execution, deps.ids, { definition, siblings: steps, parent });
}

function circular(name: string): string {
  return `The runbook ran ${MAX_STEP_EXECUTIONS} steps without coming to an end, and goes no further with ${name}: it goes in circles, or is too long`;
}
