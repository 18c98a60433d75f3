import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';
import type { Path } from './fault.ts';

/** A step as it is written, which may be wrong in any way, and where it is. */
export interface WrittenStep {
  readonly path: Path;
  readonly content: JsonObject;
  /** Empty where it has none. */
  readonly name: string;
  readonly action: string;
  readonly inputs: JsonObject;
  /** The steps it stands among, itself included. */
  readonly siblings: readonly WrittenStep[];
  /** The loop that it is in. */
  readonly loop: WrittenStep | undefined;
}

/** More loops in loops than a document's depth allows. */
const MAX_LOOPS = 20;

/** Every step of a document, each loop's steps behind it. */
export function walkSteps(content: JsonObject): WrittenStep[] {
  return walk(content.mainSteps, ['mainSteps'], []);
}

function walk(list: unknown, path: Path, loops: readonly WrittenStep[]): WrittenStep[] {
  if (!Array.isArray(list) || loops.length > MAX_LOOPS) return [];
  const siblings: WrittenStep[] = [];
  for (const [index, content] of list.entries()) {
    if (!isJsonObject(content)) continue;
    siblings.push({
      path: [...path, index],
      content,
      name: text(content.name),
      action: text(content.action),
      inputs: isJsonObject(content.inputs) ? content.inputs : {},
      siblings,
      loop: loops.at(-1),
    });
  }
  return siblings.flatMap((step) =>
    step.action === 'aws:loop'
      ? [step, ...walk(step.inputs.Steps, [...step.path, 'inputs', 'Steps'], [...loops, step])]
      : [step],
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
