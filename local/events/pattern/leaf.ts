import { anythingBut } from './anything-but.ts';
import { cidr } from './cidr.ts';
import { invalidPattern } from './invalid.ts';
import { numeric } from './numeric.ts';
import { equalsIgnoreCase, onText, prefix, suffix, wildcard } from './text.ts';
import type { ValueTest } from './value-test.ts';

/** What a pattern says of one field: any of `tests` holds for any of its values, or it may be absent. */
export interface Leaf {
  readonly tests: readonly ValueTest[];
  readonly mayBeAbsent: boolean;
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => ValueTest>> = {
  prefix: (operand) => onText(prefix(operand)),
  suffix: (operand) => onText(suffix(operand)),
  'equals-ignore-case': (operand) => onText(equalsIgnoreCase(operand)),
  wildcard: (operand) => onText(wildcard(operand)),
  'anything-but': anythingBut,
  numeric,
  cidr,
};

/** Names that a field inside `$or` cannot have. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([...Object.keys(OPERATORS), 'exists', 'exactly']);

/** Compiles the array that stands where the event has a value: `["a", {"prefix": "b"}, null]`. */
export function compileLeaf(alternatives: readonly unknown[]): Leaf {
  if (alternatives.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const tests: ValueTest[] = [];
  let mayBeAbsent = false;
  for (const alternative of alternatives) {
    if (Array.isArray(alternative)) {
      throw invalidPattern('Match value must be String, number, true, false, or null');
    }
    if (typeof alternative !== 'object' || alternative === null) {
      tests.push((value) => value === alternative);
      continue;
    }
    const [operator, operand] = onlyEntry(alternative);
    if (operator === 'exists') {
      if (typeof operand !== 'boolean') {
        throw invalidPattern('exists match pattern must be either true or false.');
      }
      if (operand) tests.push(() => true);
      else mayBeAbsent = true;
      continue;
    }
    const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (!compile) throw invalidPattern(`Unrecognized match type ${operator}`);
    tests.push(compile(operand));
  }
  return { tests, mayBeAbsent };
}

function onlyEntry(expression: object): [string, unknown] {
  const entries = Object.entries(expression);
  const [entry] = entries;
  if (!entry) throw invalidPattern('Match expression name not found');
  if (entries.length > 1) throw invalidPattern('Only one key allowed in match expression');
  return entry;
}
