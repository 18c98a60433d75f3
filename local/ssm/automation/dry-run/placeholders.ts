import type { Runbook, StepDefinition } from '../../documents/runbook.ts';
import { tokensIn } from '../../documents/token-syntax.ts';
import { isJsonObject } from '../../tags/request.ts';
import type { Journal } from './journal.ts';

/** Placeholders for all outputs of a step: those that it declares, and those that the runbook names in tokens. */
export function placeholderOutputs(
  step: StepDefinition,
  runbook: Runbook,
  journal: Journal,
): Map<string, unknown> {
  const prefix = `${step.name}.`;
  const named = tokensOf(runbook)
    .filter((token) => token.startsWith(prefix))
    .map((token) => token.slice(prefix.length));
  const lists = new Set(
    step.outputs.filter(({ type }) => type === 'StringList' || type === 'MapList').map(({ name }) => name),
  );
  const names = new Set([...step.outputs.map(({ name }) => name), ...named]);
  return new Map(
    [...names].map((name) => {
      const placeholder = journal.placeholder(step.name, name);
      return [name, lists.has(name) ? [placeholder] : placeholder];
    }),
  );
}

/** Placeholders for what the runbook names of a loop's current value, by their whole names: `loop.CurrentIteratorValue.Key`. */
export function iteratorPlaceholders(
  loop: StepDefinition,
  runbook: Runbook,
  journal: Journal,
): Map<string, unknown> {
  const prefixes = [loop.name, 'loop'].map((name) => `${name}.CurrentIteratorValue.`);
  const named = tokensOf(runbook).filter((token) => prefixes.some((prefix) => token.startsWith(prefix)));
  return new Map(
    named.map((token) => [token, journal.placeholder(loop.name, token.slice(token.indexOf('.') + 1))]),
  );
}

function tokensOf(runbook: Runbook): string[] {
  return [...runbook.outputs, ...textsIn(runbook.steps).flatMap(tokensIn)];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
