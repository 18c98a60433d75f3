import { invalidPattern } from './invalid.ts';
import { requireComparable } from './numeric.ts';
import { equalsIgnoreCase, onText, prefix, suffix, wildcard } from './text.ts';
import type { ValueTest } from './value-test.ts';

const INNER: Readonly<Record<string, (operand: unknown) => (text: string) => boolean>> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
};

/**
 * `{"anything-but": …}` of a string, a number, a list of either, or of prefix, suffix, wildcard or equals-ignore-case
 * (each of one string or a list). Matches a leaf that is there and is none of them.
 */
export function anythingBut(operand: unknown): ValueTest {
  const excluded = excludedValues(operand);
  return (value) => !excluded(value);
}

function excludedValues(operand: unknown): ValueTest {
  if (Array.isArray(operand)) return literals(operand);
  if (typeof operand === 'string' || typeof operand === 'number') return literals([operand]);
  if (typeof operand === 'object' && operand !== null) return inner(operand);
  throw invalidPattern('Value of anything-but must be an array or single string/number value.');
}

function literals(values: readonly unknown[]): ValueTest {
  if (values.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const kinds = new Set(values.map((value) => typeof value));
  for (const value of values) {
    if (typeof value === 'number') requireComparable(value);
    else if (typeof value !== 'string') {
      throw invalidPattern('Inside anything but list, start|null|boolean is not supported.');
    }
  }
  if (kinds.size > 1) {
    throw invalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  const set = new Set(values);
  return (value) => set.has(value);
}

function inner(operand: object): ValueTest {
  const entries = Object.entries(operand);
  const [entry] = entries;
  if (!entry) throw invalidPattern('Anything-But expression name not found');
  if (entries.length > 1) throw invalidPattern('Only one key allowed in match expression');
  const [operator, argument] = entry;
  const compile = Object.hasOwn(INNER, operator) ? INNER[operator] : undefined;
  if (!compile) throw invalidPattern(`Unsupported anything-but pattern: ${operator}`);
  const items: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (items.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const tests = items.map((item) => {
    if (item === '') throw invalidPattern(`Null ${operator} not allowed`);
    return compile(item);
  });
  return onText((text) => tests.some((test) => test(text)));
}
