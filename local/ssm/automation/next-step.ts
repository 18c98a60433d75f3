import { stepNamedBy } from '../documents/runbook.ts';
import type { StepExecution } from './execution.ts';
import { StepFailure } from './failure.ts';

/**
 * Where an execution goes after a step: to a step, to its end, or to its end as a failure. Within a
 * loop, `outside` is a step that is not the loop's.
 */
export type Continuation =
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'outside'; readonly name: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'abort' };

/**
 * What a step's end means for the execution.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 * @throws StepFailure where an action chose a step that does not exist
 */
export function nextStep(step: StepExecution): Continuation {
  const { definition } = step;
  // A failed step has chosen only where it is a loop, and one of its steps names a step outside on failure.
  if (step.chosenStep !== undefined) return goTo(step, step.chosenStep);
  if (step.status === 'Success') return onwards(step);
  const named = stepNamedBy(definition.onFailure);
  if (named !== undefined) return goTo(step, named);
  return definition.onFailure === 'Continue' ? onwards(step) : { kind: 'abort' };
}

/** The step that follows a success, for those who ask before there is one; undefined at the end. */
export function plannedStep(step: StepExecution): string | undefined {
  if (step.chosenStep !== undefined) return step.chosenStep;
  const planned = onwards(step);
  return planned.kind === 'step' ? planned.name : undefined;
}

function onwards(step: StepExecution): Continuation {
  const { definition, siblings } = step;
  if (definition.isEnd) return { kind: 'end' };
  if (definition.nextStep !== undefined) return goTo(step, definition.nextStep);
  const following = siblings[siblings.indexOf(definition) + 1];
  return following === undefined ? { kind: 'end' } : { kind: 'step', name: following.name };
}

function goTo({ siblings, parent }: StepExecution, name: string): Continuation {
  if (siblings.some((step) => step.name === name)) return { kind: 'step', name };
  for (let outer = parent; outer !== undefined; outer = outer.step.parent) {
    if (outer.step.siblings.some((step) => step.name === name)) return { kind: 'outside', name };
  }
  throw new StepFailure(`The step ${name} that the runbook goes to does not exist`);
}
