import { invalidPattern } from './invalid.ts';
import type { ValueTest } from './value-test.ts';
import { compileWildcard } from './wildcard.ts';

type TextTest = (text: string) => boolean;

const fold = (text: string): string => text.toLowerCase();

/** Lifts a test of strings to one of JSON values: what is not a string does not match. */
export function onText(test: TextTest): ValueTest {
  return (value) => typeof value === 'string' && test(value);
}

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`. */
export function prefix(operand: unknown): TextTest {
  const { text, ignoreCase } = readAffix('prefix', operand);
  return ignoreCase ? (value) => fold(value).startsWith(fold(text)) : (value) => value.startsWith(text);
}

/** `{"suffix": "a"}` or `{"suffix": {"equals-ignore-case": "a"}}`. */
export function suffix(operand: unknown): TextTest {
  const { text, ignoreCase } = readAffix('suffix', operand);
  return ignoreCase ? (value) => fold(value).endsWith(fold(text)) : (value) => value.endsWith(text);
}

/** `{"equals-ignore-case": "a"}`. */
export function equalsIgnoreCase(operand: unknown): TextTest {
  const folded = fold(requireText('equals-ignore-case', operand));
  return (value) => fold(value) === folded;
}

/** `{"wildcard": "a*b"}`. */
export function wildcard(operand: unknown): TextTest {
  return compileWildcard(requireText('wildcard', operand));
}

function requireText(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw invalidPattern(`${operator} match pattern must be a string`);
  return operand;
}

function readAffix(operator: string, operand: unknown): { text: string; ignoreCase: boolean } {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) {
    return { text: requireText(operator, operand), ignoreCase: false };
  }
  const entries = Object.entries(operand);
  const [entry] = entries;
  if (entries.length !== 1 || entry?.[0] !== 'equals-ignore-case') {
    throw invalidPattern(
      `Unsupported ${operator} pattern: only equals-ignore-case is allowed inside ${operator}`,
    );
  }
  return { text: requireText('equals-ignore-case', entry[1]), ignoreCase: true };
}
