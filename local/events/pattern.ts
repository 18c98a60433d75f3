import { invalidPattern } from './pattern/invalid.ts';
import type { Leaf } from './pattern/leaf.ts';
import { type Branch, compileBranch, type Field } from './pattern/tree.ts';

/** EventBridge refuses a longer pattern; so does Lambda in a filter. */
const MAX_PATTERN_CHARACTERS = 4096;

/**
 * Compiles an EventBridge event pattern, which is also the language of Lambda's event filters.
 *
 * Of an array in the event any element may match; of an array of objects one element must match all that the pattern
 * says inside it. `exists` speaks of leaves (strings, numbers, booleans, null) only.
 *
 * @param pattern the pattern as an object, or as JSON of at most 4,096 characters
 * @returns a matcher that never throws, whatever the event
 * @throws AwsError InvalidEventPatternException
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const parsed = typeof pattern === 'string' ? parsePattern(pattern) : pattern;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalidPattern('Filter is not an object');
  }
  const root = compileBranch(parsed);
  return (event) => matchBranch(root, event, { event, absent: new Map() });
}

function parsePattern(json: string): unknown {
  if (json.length > MAX_PATTERN_CHARACTERS) {
    throw invalidPattern(`The pattern is longer than ${MAX_PATTERN_CHARACTERS} characters`);
  }
  try {
    return JSON.parse(json);
  } catch (error) {
    throw invalidPattern('Invalid JSON', error);
  }
}

/** One event under test. Absence is asked of the whole event: once, however many array elements ask. */
interface Attempt {
  readonly event: unknown;
  readonly absent: Map<readonly string[], boolean>;
}

function matchBranch(branch: Branch, value: unknown, attempt: Attempt): boolean {
  const elements = elementsOf(value);
  // Nothing there: only `exists: false` can hold.
  if (elements.length === 0) return matchElement(branch, undefined, attempt);
  return elements.some((element) => matchElement(branch, element, attempt));
}

function matchElement(branch: Branch, element: unknown, attempt: Attempt): boolean {
  return (
    branch.fields.every((field) => matchField(field, fieldOf(element, field.name), attempt)) &&
    branch.alternatives.every((or) => or.some((inner) => matchElement(inner, element, attempt)))
  );
}

function matchField(field: Field, value: unknown, attempt: Attempt): boolean {
  if ('branch' in field) return matchBranch(field.branch, value, attempt);
  return matchLeaf(field.leaf, value) || (field.leaf.mayBeAbsent && isAbsent(attempt, field.path));
}

function matchLeaf(leaf: Leaf, value: unknown): boolean {
  return elementsOf(value).some((element) => isLeaf(element) && leaf.tests.some((test) => test(element)));
}

/** Absent means that no element of any array on the way has a leaf there. */
function isAbsent({ event, absent }: Attempt, path: readonly string[]): boolean {
  const known = absent.get(path);
  if (known !== undefined) return known;
  let reached = elementsOf(event);
  for (const name of path) reached = reached.flatMap((value) => elementsOf(fieldOf(value, name)));
  const answer = !reached.some(isLeaf);
  absent.set(path, answer);
  return answer;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** The value itself, or what an array holds, arrays in it unrolled. A loop: an event may nest deeper than the stack. */
function elementsOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [value];
  const elements: unknown[] = [];
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (!Array.isArray(next)) elements.push(next);
    else for (const item of next) pending.push(item);
  }
  return elements;
}

function isLeaf(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && value !== undefined);
}
