import { isJsonObject } from '../tags/request.ts';
import type { OnEvent, OutputDefinition, StepDefinition } from './runbook.ts';
import { type StepContent, stepSchema } from './schema.ts';
import { valueTypeOf } from './value-types.ts';

/** The steps of a document that was found valid. */
export function toSteps(contents: readonly StepContent[]): StepDefinition[] {
  return contents.map(toStep);
}

/** What `onFailure` or `onCancel` says; undefined where it says nothing that Automation knows. */
export function toOnEvent(
  value: string | undefined,
  words: readonly ('Abort' | 'Continue')[],
): OnEvent | undefined {
  if (value === undefined) return 'Abort';
  const word = words.find((known) => known.toLowerCase() === value.trim().toLowerCase());
  if (word !== undefined) return word;
  const target = /^step:\s*(\w+)\s*$/.exec(value.trim())?.[1];
  return target === undefined ? undefined : `step:${target}`;
}

function toStep(content: StepContent): StepDefinition {
  const onFailure = toOnEvent(content.onFailure, ['Abort', 'Continue']) ?? 'Abort';
  return {
    name: content.name,
    action: content.action,
    inputs: content.inputs ?? {},
    maxAttempts: content.maxAttempts ?? 1,
    timeoutSeconds: content.timeoutSeconds,
    onFailure,
    onCancel: toOnEvent(content.onCancel, ['Abort']) ?? 'Abort',
    isEnd: content.isEnd ?? false,
    isCritical: content.isCritical ?? onFailure !== 'Continue',
    nextStep: content.nextStep,
    outputs: (content.outputs ?? []).map(toOutput),
    steps: content.action === 'aws:loop' ? nested(content.inputs?.Steps) : [],
  };
}

function nested(steps: unknown): StepDefinition[] {
  const list: readonly unknown[] = Array.isArray(steps) ? steps.filter(isJsonObject) : [];
  return list.map((step) => toStep(stepSchema.parse(step)));
}

function toOutput(output: { Name: string; Selector: string; Type?: string | undefined }): OutputDefinition {
  return {
    name: output.Name,
    selector: output.Selector,
    type: valueTypeOf(output.Type ?? 'String') ?? 'String',
  };
}
