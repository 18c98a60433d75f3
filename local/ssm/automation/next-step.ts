import { stepNamedBy } from '../documents/runbook.ts';
import type { Execution, StepExecution } from './execution.ts';
import { StepFailure } from './failure.ts';

/** Where an execution goes after a step: to a step, to its end, or to its end as a failure. */
export type Continuation =
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'abort' };

/**
 * What a step's end means for the execution.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 * @throws StepFailure where an action chose a step that does not exist
 */
export function nextStep(execution: Execution, step: StepExecution): Continuation {
  const { definition } = step;
  if (step.status === 'Success') {
    if (step.chosenStep !== undefined) return goTo(execution, step.chosenStep);
    return onwards(execution, step);
  }
  const named = stepNamedBy(definition.onFailure);
  if (named !== undefined) return goTo(execution, named);
  return definition.onFailure === 'Continue' ? onwards(execution, step) : { kind: 'abort' };
}

/** The step that follows a success, for those who ask before there is one; undefined at the end. */
export function plannedStep(execution: Execution, step: StepExecution): string | undefined {
  if (step.chosenStep !== undefined) return step.chosenStep;
  const planned = onwards(execution, step);
  return planned.kind === 'step' ? planned.name : undefined;
}

function onwards(execution: Execution, { definition }: StepExecution): Continuation {
  if (definition.isEnd) return { kind: 'end' };
  if (definition.nextStep !== undefined) return goTo(execution, definition.nextStep);
  const { steps } = execution.runbook;
  const following = steps[steps.indexOf(definition) + 1];
  return following === undefined ? { kind: 'end' } : { kind: 'step', name: following.name };
}

function goTo(execution: Execution, name: string): Continuation {
  if (execution.runbook.steps.some((step) => step.name === name)) return { kind: 'step', name };
  throw new StepFailure(`The step ${name} that the runbook goes to does not exist`);
}
