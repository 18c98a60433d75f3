import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import type { ParentStep, StepExecution } from '../execution.ts';
import { StepFailure } from '../failure.ts';
import { runSteps, type StepsOutcome } from '../run-steps.ts';
import { asText, executionScope, resolveTokens } from '../tokens.ts';
import type { Action, ActionContext, ActionResult } from './action.ts';
import { evaluateChoice } from './branch-operators.ts';
import { invalidInput } from './inputs.ts';
import { readIterators } from './iterators.ts';

export const MAX_ITERATIONS = 100;

/**
 * Runs `Steps` again and again: once for each of `Iterators`, or while `LoopCondition` holds (it is looked at
 * after the steps). Within a loop an output of one of its steps is that of the present iteration; after it, the
 * list of all iterations'.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html
 */
export const loop: Action = {
  name: 'aws:loop',
  unresolvedInputs: ['Steps', 'LoopCondition'],
  endsItself: true,
  run: async (context) => {
    const most = readMaxIterations(context.inputs);
    const condition = context.inputs.LoopCondition;
    if ((condition === undefined) === (context.inputs.Iterators === undefined)) {
      throw invalidInput('a loop takes either Iterators or LoopCondition');
    }
    if (condition !== undefined && !isJsonObject(condition))
      throw invalidInput('LoopCondition has to be a map');
    const iterators = condition === undefined ? readIterators(context.inputs) : undefined;
    const rounds = Math.min(iterators?.length ?? most, most);
    const earlier = new Set(stepsOf(context));
    let parent: ParentStep = { step: context.stepExecution, iteration: 0, iteratorValue: undefined };
    do {
      if (parent.iteration >= rounds) break;
      parent = { ...parent, iteration: parent.iteration + 1, iteratorValue: iterators?.[parent.iteration] };
      await iterate(context, parent);
    } while (condition === undefined || holds(context, condition));
    for (const [name, values] of collect(stepsOf(context).filter((step) => !earlier.has(step)))) {
      context.execution.outputs.set(name, values);
    }
    return finish(context, parent);
  },
};

async function iterate(context: ActionContext, parent: ParentStep): Promise<void> {
  const { deps, execution, step, signal } = context;
  setCurrent(context, parent);
  const outcome = await runSteps(deps, { execution, steps: step.steps, parent }, signal);
  if (outcome.status === 'Cancelled') {
    signal.throwIfAborted();
    throw new StepFailure(`A step of the loop was stopped in iteration ${parent.iteration}`);
  }
  if (outcome.culprit !== undefined || outcome.outside !== undefined) throw leave(parent, outcome);
}

/** `{{ loop.… }}` means the innermost loop, where no step is called so. */
function setCurrent({ execution }: ActionContext, parent: ParentStep): void {
  const { name } = parent.step.definition;
  const taken = execution.runbook.steps.some((step) => step.name === 'loop');
  for (const prefix of taken ? [name] : [name, 'loop']) {
    for (const [output, value] of current(parent)) execution.outputs.set(`${prefix}.${output}`, value);
  }
}

function current({ iteration, iteratorValue }: ParentStep): Map<string, unknown> {
  const outputs = new Map<string, unknown>([['CurrentIteration', iteration]]);
  return iteratorValue === undefined ? outputs : outputs.set('CurrentIteratorValue', iteratorValue);
}

function leave({ iteration }: ParentStep, { culprit, outside }: StepsOutcome): StepFailure {
  const reason = culprit?.failureMessage ?? `The loop was left for the step ${outside}`;
  const name =
    culprit === undefined ? '' : `Step ${culprit.definition.name} of iteration ${iteration} failed. `;
  return new StepFailure(`${name}${reason}`, {
    nextStep: outside,
    ...(culprit?.failureDetails && { details: culprit.failureDetails }),
  });
}

function holds({ deps, execution }: ActionContext, condition: JsonObject): boolean {
  const scope = executionScope(execution, deps.clock.now());
  const resolved = resolveTokens(condition, scope);
  if (!isJsonObject(resolved)) throw invalidInput('LoopCondition has to be a map');
  return evaluateChoice(resolved);
}

function finish(context: ActionContext, last: ParentStep): ActionResult {
  const outer = context.stepExecution.parent;
  if (outer !== undefined) setCurrent(context, outer);
  return { outputs: current(last) };
}

function stepsOf({ execution, stepExecution }: ActionContext): StepExecution[] {
  return execution.steps.filter((step) => step.parent?.step === stepExecution);
}

/** Lists of what each iteration gave out, by `Step.Output`. */
function collect(steps: readonly StepExecution[]): Map<string, unknown[]> {
  const lists = new Map<string, unknown[]>();
  for (const { definition, outputs } of steps) {
    for (const [name, value] of outputs ?? []) {
      const key = `${definition.name}.${name}`;
      lists.set(key, [...(lists.get(key) ?? []), value]);
    }
  }
  return lists;
}

function readMaxIterations(inputs: JsonObject): number {
  const { MaxIterations: given } = inputs;
  if (given === undefined) return MAX_ITERATIONS;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_ITERATIONS) return number;
  throw invalidInput(`MaxIterations has to be 1 to ${MAX_ITERATIONS}, it is ${asText(given)}`);
}
