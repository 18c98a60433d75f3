import type { JsonObject } from '../../../service.ts';
import { isJsonObject } from '../../tags/request.ts';
import { AWS_ACTIONS, COMPARISONS } from '../actions.ts';
import type { Path, Report } from '../fault.ts';
import type { WrittenStep } from '../walk-steps.ts';

const OPERATORS: ReadonlySet<string> = new Set(COMPARISONS);
const GROUPS = ['And', 'Or', 'Not'];

/** The inputs of each step: those that its action needs or does not know, and what branches and loops are made of. */
export function checkInputs(steps: readonly WrittenStep[], report: Report): void {
  for (const step of steps) {
    checkNames(step, report);
    if (step.action === 'aws:branch') checkBranch(step, report);
    if (step.action === 'aws:loop') checkLoop(step, report);
  }
}

function checkNames({ name, action, inputs, path, content }: WrittenStep, report: Report): void {
  const description = AWS_ACTIONS.get(action);
  if (description === undefined) return;
  for (const input of description.required) {
    if (inputs[input] !== undefined && inputs[input] !== null) continue;
    report({
      path: content.inputs === undefined ? path : [...path, 'inputs'],
      on: 'key',
      message: `step ${name}: ${action} needs the input ${input}`,
      code: 'MissingInput',
    });
  }
  if (description.optional === 'any') return;
  const known = [...description.required, ...description.optional];
  for (const input of Object.keys(inputs).filter((key) => !known.includes(key))) {
    report({
      path: [...path, 'inputs', input],
      on: 'key',
      message: `step ${name}: ${action} has no input ${input}. Inputs: ${known.join(', ') || 'none'}`,
      code: 'UnknownInput',
      severity: 'warning',
    });
  }
}

function checkBranch({ name, inputs, path }: WrittenStep, report: Report): void {
  const { Choices: choices } = inputs;
  if (choices === undefined) return;
  const at = [...path, 'inputs', 'Choices'];
  if (!Array.isArray(choices) || choices.length === 0) {
    report({ path: at, message: `step ${name}: Choices has to be a list of choices`, code: 'InvalidChoice' });
    return;
  }
  for (const [index, choice] of choices.entries()) {
    checkChoice(choice, { name, path: [...at, index], report });
    if (isJsonObject(choice) && typeof choice.NextStep !== 'string') {
      report({
        path: [...at, index],
        message: `step ${name}: a choice has no NextStep`,
        code: 'InvalidChoice',
      });
    }
  }
}

function checkLoop({ name, inputs, path, content }: WrittenStep, report: Report): void {
  const at = [...path, 'inputs'];
  const say = (key: string, message: string) =>
    report({ path: [...at, key], message: `step ${name}: ${message}`, code: 'InvalidLoop' });
  const { Iterators, LoopCondition, MaxIterations, Steps } = inputs;
  if ((Iterators === undefined) === (LoopCondition === undefined)) {
    say('', 'a loop takes either Iterators or LoopCondition');
  }
  if (Steps !== undefined && !(Array.isArray(Steps) && Steps.length > 0 && Steps.every(isJsonObject))) {
    say('Steps', 'Steps of a loop has to be a list of steps');
  }
  if (LoopCondition !== undefined)
    checkChoice(LoopCondition, { name, path: [...at, 'LoopCondition'], report });
  if (
    MaxIterations !== undefined &&
    !isToken(MaxIterations) &&
    !/^([1-9]\d?|100)$/.test(String(MaxIterations))
  ) {
    say('MaxIterations', 'MaxIterations has to be 1 to 100');
  }
  if (Array.isArray(Iterators) && Iterators.length > 100)
    say('Iterators', 'a loop takes 100 Iterators at most');
  if (content.onCancel !== undefined) {
    report({
      path: [...path, 'onCancel'],
      on: 'key',
      message: `step ${name}: a loop has no onCancel, only its steps have`,
      code: 'InvalidLoop',
      severity: 'warning',
    });
  }
}

interface Place {
  readonly name: string;
  readonly path: Path;
  readonly report: Report;
}

function checkChoice(choice: unknown, { name, path, report }: Place): void {
  if (!isJsonObject(choice)) {
    report({ path, message: `step ${name}: a choice has to be a map`, code: 'InvalidChoice' });
    return;
  }
  const group = GROUPS.find((key) => choice[key] !== undefined);
  if (group !== undefined) {
    const parts: readonly unknown[] = [choice[group]].flat();
    if (group !== 'Not' && parts.length < 2) {
      report({
        path: [...path, group],
        message: `step ${name}: ${group} needs at least two expressions, it has ${parts.length}`,
        code: 'InvalidChoice',
      });
    }
    for (const [index, part] of parts.entries()) {
      const inner = Array.isArray(choice[group]) ? [...path, group, index] : [...path, group];
      checkChoice(part, { name, path: inner, report });
    }
    return;
  }
  checkComparison(choice, { name, path, report });
}

function checkComparison(choice: JsonObject, { name, path, report }: Place): void {
  const keys = Object.keys(choice).filter((key) => key !== 'Variable' && key !== 'NextStep');
  if (keys.length === 1 && keys.every((key) => OPERATORS.has(key)) && choice.Variable !== undefined) return;
  const wrong = keys.find((key) => !OPERATORS.has(key));
  report({
    path: wrong === undefined ? path : [...path, wrong],
    on: wrong === undefined ? 'value' : 'key',
    message: `step ${name}: a choice needs a Variable and one operator, this one has ${Object.keys(choice).join(', ') || 'nothing'}. Operators: ${COMPARISONS.join(', ')}, And, Or, Not`,
    code: 'InvalidChoice',
  });
}

function isToken(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{');
}
