import { ServiceDefinitionError } from './errors.ts';

/** One `${…}` of a string: `${file(x.yml):a.b, 'fallback'}`. */
export interface VariableMatch {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
}

// `${Table.Arn}`, `${AWS::Region}` and `${!x}` belong to Fn::Sub: a variable starts with a lower-case source.
const variableStart = /\$\{\s*(?=[a-z][a-zA-Z]*(?:\(|:(?!:)))/g;

/** The variables of a string, outermost only. */
export function findVariables(text: string, place: string): VariableMatch[] {
  const found: VariableMatch[] = [];
  variableStart.lastIndex = 0;
  for (let match = variableStart.exec(text); match !== null; match = variableStart.exec(text)) {
    const end = closingBrace(text, match.index + match[0].length);
    if (end < 0) throw new ServiceDefinitionError(place, `'${text}' lacks a closing brace`);
    found.push({
      start: match.index,
      end: end + 1,
      expression: text.slice(match.index + match[0].length, end).trim(),
    });
    variableStart.lastIndex = end + 1;
  }
  return found;
}

function closingBrace(text: string, from: number): number {
  let end = -1;
  scan(text, from, (character, depth, index) => {
    if (character !== '}' || depth !== 0) return true;
    end = index;
    return false;
  });
  return end;
}

/** Splits at the commas that stand in no quotes, parentheses or nested variables. */
export function splitFallbacks(expression: string): string[] {
  const parts: string[] = [];
  let start = 0;
  scan(expression, 0, (character, depth, index) => {
    if (character === ',' && depth === 0) {
      parts.push(expression.slice(start, index).trim());
      start = index + 1;
    }
    return true;
  });
  parts.push(expression.slice(start).trim());
  return parts;
}

/** Visits every character outside quotes with the depth of brackets around it, until `visit` answers false. */
function scan(
  text: string,
  from: number,
  visit: (character: string, depth: number, index: number) => boolean,
): void {
  let depth = 0;
  let quote = '';
  for (let index = from; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote !== '') {
      if (character === quote) quote = '';
      continue;
    }
    if (character === "'" || character === '"') {
      quote = character;
      continue;
    }
    if (!visit(character, depth, index)) return;
    if (character === '{' || character === '(') depth += 1;
    if (character === '}' || character === ')') depth -= 1;
  }
}

const literals: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** A fallback written as such: `'text'`, `"text"`, `true`, `null`, `12`. */
export function parseLiteral(text: string): { readonly value: unknown } | undefined {
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted !== null) return { value: quoted[2] };
  if (Object.hasOwn(literals, text)) return { value: literals[text] };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: Number(text) };
  return undefined;
}
