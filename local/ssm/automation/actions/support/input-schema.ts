import { z } from 'zod';
import type { JsonObject } from '../../../../service.ts';
import { isJsonObject } from '../../../tags/request.ts';
import { invalidInput } from '../inputs.ts';

/** A text; a number, a boolean, or a list of one is taken as one, as Automation does. */
export const text = z.preprocess(toText, z.string(expecting('a string')));

/** A text, or the list of its lines: AWS's page has had scripts as both. */
export const lines = z.preprocess(
  (value) => (Array.isArray(value) && value.every(isText) ? value.join('\n') : value),
  z.string(expecting('a string')),
);

export const integer = z.preprocess(
  (value) => toNumber(onlyMember(value)),
  z.int(expecting('a whole number')),
);

export const flag = z.preprocess((value) => toFlag(onlyMember(value)), z.boolean(expecting('true or false')));

/** A list of texts. A single text is a list of one, and the lists of tokens within a list are part of it. */
export const texts = z.preprocess(toTexts, z.array(z.string(), expecting('a list of strings')));

export const map = z.record(z.string(), z.unknown(), expecting('a map'));

/** A list of maps; a single map is a list of one. */
export const maps = z.preprocess(
  (value) => (isJsonObject(value) ? [value] : value),
  z.array(map, expecting('a list of maps')),
);

export function oneOf<const Word extends string>(...words: readonly Word[]) {
  return z.preprocess(toText, z.enum(words, expecting(`one of ${words.join(', ')}`)));
}

/**
 * A step's inputs by their schema. Inputs that are empty count as not given: runbooks pass optional parameters on.
 * @throws StepFailure that names every fault at once
 */
export function readInputs<Shape extends z.ZodRawShape>(
  inputs: JsonObject,
  shape: Shape,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isEmpty(value)));
  const parsed = z.strictObject(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.map((issue) => describeIssue(issue, shape)).join('; '));
}

/** Without the members that are not there. */
export function defined(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function describeIssue(issue: z.core.$ZodIssue, shape: z.ZodRawShape): string {
  if (issue.code === 'unrecognized_keys') {
    return `there is no input ${issue.keys.join(', ')}. Inputs: ${Object.keys(shape).join(', ')}`;
  }
  return issue.path.length === 0 ? issue.message : `the input ${issue.path.join('.')} ${issue.message}`;
}

function expecting(what: string) {
  return {
    error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : `has to be ${what}`),
  };
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function onlyMember(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function toText(value: unknown): unknown {
  const single = onlyMember(value);
  return typeof single === 'number' || typeof single === 'boolean' ? String(single) : single;
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

function toFlag(value: unknown): unknown {
  return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
}

function toTexts(value: unknown): unknown {
  if (value === undefined || isJsonObject(value)) return value;
  return [value]
    .flat(3)
    .filter((member) => !isEmpty(member))
    .map(toText);
}
