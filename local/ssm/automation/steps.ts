import type { Ids } from '../../ids.ts';
import type { StepDefinition } from '../documents/runbook.ts';
import type { Execution, ParentStep, StepExecution } from './execution.ts';

/** Step executions that one execution keeps: loops within circles must not fill the memory. */
export const MAX_KEPT_STEPS = 10_000;

/** The entries of a runbook that has not run. */
export function startingSteps(steps: readonly StepDefinition[], ids: Ids): StepExecution[] {
  return steps.map((definition) => ({ id: ids.uuid(), definition, siblings: steps, status: 'Pending' }));
}

/**
 * Makes a step the current one: takes its pending entry, or adds one for a step that runs again or in a loop.
 * @throws Error where the execution has run too many steps
 */
export function beginStep(
  execution: Execution,
  ids: Ids,
  begun: {
    readonly definition: StepDefinition;
    readonly siblings: readonly StepDefinition[];
    readonly parent: ParentStep | undefined;
  },
): StepExecution {
  const { definition, siblings, parent } = begun;
  const pending =
    parent === undefined
      ? execution.steps.find((entry) => entry.definition === definition && entry.status === 'Pending')
      : undefined;
  const step: StepExecution =
    pending ??
    (parent === undefined
      ? { id: ids.uuid(), definition, siblings, status: 'Pending' }
      : { id: ids.uuid(), definition, siblings, status: 'Pending', parent });
  if (pending === undefined) insert(execution, step);
  execution.currentStep = step;
  return step;
}

/** A loop's steps stand behind the loop, in the order in which they ran. */
function insert(execution: Execution, step: StepExecution): void {
  const { steps } = execution;
  if (steps.length >= MAX_KEPT_STEPS) {
    throw new Error(`The execution ran ${MAX_KEPT_STEPS} steps without coming to an end: it goes in circles`);
  }
  if (step.parent === undefined) {
    steps.push(step);
    return;
  }
  let index = steps.lastIndexOf(step.parent.step) + 1;
  while (index < steps.length && isWithin(steps[index], step.parent.step)) index += 1;
  steps.splice(index, 0, step);
}

function isWithin(step: StepExecution | undefined, loop: StepExecution): boolean {
  for (let parent = step?.parent; parent !== undefined; parent = parent.step.parent) {
    if (parent.step === loop) return true;
  }
  return false;
}
