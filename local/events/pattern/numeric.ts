import { invalidPattern } from './invalid.ts';
import type { ValueTest } from './value-test.ts';

/** EventBridge compares numbers of this size at most. */
const LIMIT = 5e9;

/** `{"numeric": ["=", 1]}`, `["<", 10]`, or a range such as `[">", 0, "<=", 5]`. */
export function numeric(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw invalidPattern('Value of numeric must be an array.');
  const [operator, bound, upperOperator, upperBound, ...rest] = operand as unknown[];
  if (typeof operator !== 'string') {
    throw invalidPattern(`Invalid member in numeric match: ${JSON.stringify(operator) ?? 'nothing'}`);
  }
  const lower = comparison(operator, bound);
  if (operand.length === 2) return inLimits(lower);
  if (operator !== '>' && operator !== '>=') throw invalidPattern('Too many elements in numeric expression');
  if (upperOperator !== '<' && upperOperator !== '<=') {
    throw invalidPattern(`Bad numeric range operator: ${String(upperOperator)}`);
  }
  const upper = comparison(upperOperator, upperBound);
  if (rest.length > 0) throw invalidPattern('Too many terms in numeric range expression');
  if (Number(bound) >= Number(upperBound)) throw invalidPattern('Bottom must be less than top');
  return inLimits((value) => lower(value) && upper(value));
}

/** @throws AwsError InvalidEventPatternException for a number that EventBridge cannot compare */
export function requireComparable(value: number): number {
  if (Math.abs(value) > LIMIT) throw invalidPattern('Value must be between -5.0E9 and 5.0E9, inclusive');
  return value;
}

type NumberTest = (value: number) => boolean;

const COMPARISONS: Readonly<Record<string, (bound: number) => NumberTest>> = {
  '=': (bound) => (value) => value === bound,
  '<': (bound) => (value) => value < bound,
  '<=': (bound) => (value) => value <= bound,
  '>': (bound) => (value) => value > bound,
  '>=': (bound) => (value) => value >= bound,
};

function comparison(operator: string, bound: unknown): NumberTest {
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== 'number') {
    throw invalidPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  }
  return compare(requireComparable(bound));
}

function inLimits(test: NumberTest): ValueTest {
  return (value) => typeof value === 'number' && Math.abs(value) <= LIMIT && test(value);
}
