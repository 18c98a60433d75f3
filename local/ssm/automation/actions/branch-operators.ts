import type { JsonObject } from '../../../service.ts';
import type { Comparison } from '../../documents/actions.ts';
import { isJsonObject } from '../../tags/request.ts';
import { asText } from '../tokens.ts';
import { invalidInput } from './inputs.ts';

type Operator = (variable: unknown, operand: unknown) => boolean;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<Comparison, Operator>([
  ['StringEquals', text((variable, operand) => variable === operand)],
  ['EqualsIgnoreCase', text((variable, operand) => variable.toLowerCase() === operand.toLowerCase())],
  ['StartsWith', text((variable, operand) => variable.startsWith(operand))],
  ['EndsWith', text((variable, operand) => variable.endsWith(operand))],
  ['Contains', text((variable, operand) => variable.includes(operand))],
  ['NumericEquals', numeric((variable, operand) => variable === operand)],
  ['NumericGreater', numeric((variable, operand) => variable > operand)],
  ['NumericLesser', numeric((variable, operand) => variable < operand)],
  ['NumericGreaterOrEquals', numeric((variable, operand) => variable >= operand)],
  ['NumericLesserOrEquals', numeric((variable, operand) => variable <= operand)],
  ['BooleanEquals', (variable, operand) => toBoolean(variable) === toBoolean(operand)],
]);

/**
 * Whether one choice of a branch holds: one operator on `Variable`, or `And`, `Or` (lists), `Not` (one).
 * @throws StepFailure for an unknown operator, or a value that an operator can't compare
 */
export function evaluateChoice(choice: JsonObject): boolean {
  if (choice.And !== undefined) return parts(choice.And, 'And').every(evaluateChoice);
  if (choice.Or !== undefined) return parts(choice.Or, 'Or').some(evaluateChoice);
  if (choice.Not !== undefined) return !parts([choice.Not].flat(), 'Not').every(evaluateChoice);
  const [name, ...more] = Object.keys(choice).filter((key) => key !== 'Variable' && key !== 'NextStep');
  const operator = name === undefined ? undefined : OPERATORS.get(name);
  if (name === undefined || operator === undefined || more.length > 0) {
    const found = [name, ...more].filter((key) => key !== undefined).join(', ') || 'none';
    throw invalidInput(
      `a choice needs one operator, this one has ${found}. Operators: ${[...OPERATORS.keys()].join(', ')}, And, Or, Not`,
    );
  }
  if (choice.Variable === undefined) throw invalidInput('a choice has no Variable');
  return operator(choice.Variable, choice[name]);
}

function parts(value: unknown, name: string): JsonObject[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isJsonObject)) {
    throw invalidInput(`${name} of a choice has to hold choices`);
  }
  return value;
}

function text(compare: (variable: string, operand: string) => boolean): Operator {
  return (variable, operand) => compare(asText(variable), asText(operand));
}

function numeric(compare: (variable: number, operand: number) => boolean): Operator {
  return (variable, operand) => compare(toNumber(variable), toNumber(operand));
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number))
    throw invalidInput(`${asText(value)} is not a number`);
  return number;
}

function toBoolean(value: unknown): boolean {
  const lower = asText(value).toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw invalidInput(`${asText(value)} is not a boolean`);
  return lower === 'true';
}
