import { isJsonObject } from '../tags/request.ts';
import { AWS_ACTIONS } from './actions.ts';
import { type OnEvent, type OutputDefinition, type StepDefinition, stepNamedBy } from './runbook.ts';
import type { StepContent } from './schema.ts';
import { VALUE_TYPES, valueTypeOf } from './value-types.ts';

/** The steps of a document; what is wrong with them is added to `faults`. */
export function toSteps(contents: readonly StepContent[], faults: string[]): StepDefinition[] {
  const steps = contents.map((content) => toStep(content, faults));
  const names = new Set<string>();
  for (const { name } of steps) {
    if (names.has(name)) faults.push(`step ${name}: another step has the same name`);
    names.add(name);
  }
  for (const step of steps) {
    for (const [property, target] of targetsOf(step)) {
      if (!names.has(target))
        faults.push(`step ${step.name}: ${property} names a step ${target} that does not exist`);
    }
  }
  return steps;
}

function toStep(content: StepContent, faults: string[]): StepDefinition {
  if (!AWS_ACTIONS.has(content.action)) {
    faults.push(
      `step ${content.name}: there is no action ${content.action}. Actions: ${[...AWS_ACTIONS].join(', ')}`,
    );
  }
  const onFailure = toOnEvent(content.onFailure, ['Abort', 'Continue']);
  const onCancel = toOnEvent(content.onCancel, ['Abort']);
  if (onFailure === undefined)
    faults.push(`step ${content.name}: onFailure has to be Abort, Continue or step:name`);
  if (onCancel === undefined) faults.push(`step ${content.name}: onCancel has to be Abort or step:name`);
  return {
    name: content.name,
    action: content.action,
    inputs: content.inputs ?? {},
    maxAttempts: content.maxAttempts ?? 1,
    timeoutSeconds: content.timeoutSeconds,
    onFailure: onFailure ?? 'Abort',
    onCancel: onCancel ?? 'Abort',
    isEnd: content.isEnd ?? false,
    isCritical: content.isCritical ?? onFailure !== 'Continue',
    nextStep: content.nextStep,
    outputs: (content.outputs ?? []).map((output) => toOutput(content.name, output, faults)),
  };
}

function toOutput(
  step: string,
  output: { Name: string; Selector: string; Type?: string | undefined },
  faults: string[],
): OutputDefinition {
  const type = valueTypeOf(output.Type ?? 'String');
  if (type === undefined) {
    faults.push(
      `step ${step}: output ${output.Name} has no type ${output.Type}. Types: ${VALUE_TYPES.join(', ')}`,
    );
  }
  if (!output.Selector.startsWith('$')) {
    faults.push(`step ${step}: the Selector of output ${output.Name} has to start with $.`);
  }
  return { name: output.Name, selector: output.Selector, type: type ?? 'String' };
}

function toOnEvent(value: string | undefined, words: readonly ('Abort' | 'Continue')[]): OnEvent | undefined {
  if (value === undefined) return 'Abort';
  const word = words.find((known) => known.toLowerCase() === value.toLowerCase());
  if (word !== undefined) return word;
  const target = /^step:\s*(\w+)$/.exec(value)?.[1];
  return target === undefined ? undefined : `step:${target}`;
}

function targetsOf(step: StepDefinition): [string, string][] {
  const targets: [string, string | undefined][] = [
    ['nextStep', step.nextStep],
    ['onFailure', stepNamedBy(step.onFailure)],
    ['onCancel', stepNamedBy(step.onCancel)],
    ...(step.action === 'aws:branch' ? branchTargets(step) : []),
  ];
  return targets.filter((entry): entry is [string, string] => entry[1] !== undefined);
}

/** Names that a token will fill in can't be checked before the document runs. */
function branchTargets(step: StepDefinition): [string, string | undefined][] {
  const { Choices, Default } = step.inputs;
  const choices = Array.isArray(Choices) ? Choices.filter(isJsonObject) : [];
  return [...choices.map((choice) => choice.NextStep), Default].map((name) => [
    'aws:branch',
    typeof name === 'string' && !name.includes('{{') ? name : undefined,
  ]);
}
