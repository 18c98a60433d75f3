import type { ParameterDefinition, Runbook } from '../../local/ssm/documents/runbook.ts';
import { isJsonObject } from '../../local/ssm/tags/request.ts';
import { CliError } from '../cli-error.ts';
import { jsonOr } from '../json-or.ts';
import { shorten } from '../terminal.ts';

/** Parameters as StartAutomationExecution takes them. */
export type StartParameters = Readonly<Record<string, readonly string[]>>;

/**
 * Reads `name=value` by the types that the runbook declares: lists are `a,b` or JSON, maps are JSON. One argument
 * that is a JSON object holds several.
 * @throws CliError WRONG_PARAMETER: one line that lists what the runbook takes
 */
export function readParameters(given: readonly string[], runbook: Runbook): StartParameters {
  const values = new Map<string, readonly string[]>();
  for (const { name, value, isJson } of given.flatMap(split)) {
    const definition = runbook.parameters.get(name);
    if (definition === undefined) throw wrong(`there is no parameter ${name}`, runbook);
    if (values.has(name)) throw wrong(`the parameter ${name} is given twice`, runbook);
    const strings = toStrings(definition, value);
    if (strings === undefined) {
      const shown = shorten(JSON.stringify(value), SHOWN);
      throw wrong(`the parameter ${name} has to be ${WANTED[definition.type]}, ${shown} is not`, runbook);
    }
    const fault = faultOf(strings) ?? (isJson ? undefined : otherIn(String(value), runbook));
    if (fault !== undefined) throw wrong(`the parameter ${name} ${fault}`, runbook);
    values.set(name, strings);
  }
  const missing = [...runbook.parameters.values()]
    .filter(({ name, default: value }) => value === undefined && !values.has(name))
    .map(({ name }) => name);
  if (missing.length > 0)
    throw wrong(`${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`, runbook);
  return Object.fromEntries(values);
}

/** Characters of a value that a message has room for. */
const SHOWN = 80;
/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
const MAX_LENGTH = 512;
const MAX_VALUES = 50;

/** What StartAutomationExecution would refuse of a parameter's values. */
function faultOf(values: readonly string[]): string | undefined {
  if (values.length > MAX_VALUES) return `has ${values.length} values, ${MAX_VALUES} are the most`;
  const long = values.find((value) => value.length > MAX_LENGTH);
  if (long !== undefined) return `has a value of ${long.length} characters, ${MAX_LENGTH} are the most`;
  return values.includes('')
    ? 'has an empty value, which Automation refuses; without it the default counts'
    : undefined;
}

/** `A=1,B=2`, as the AWS CLI takes several. */
function otherIn(text: string, runbook: Runbook): string | undefined {
  if (/^\s*[[{]/.test(text)) return undefined;
  const names = [...text.matchAll(/,\s*(\w+)=/g)].map(([, name]) => String(name));
  const other = names.find((name) => runbook.parameters.has(name));
  if (other === undefined) return undefined;
  return `seems to have ${other} in its value: give them with a space between, or all as one JSON object`;
}

const WANTED = {
  String: 'a string',
  StringList: 'a list: a,b or ["a","b"]',
  Integer: 'a whole number',
  Boolean: 'true or false',
  StringMap: 'a map in JSON: {"a":"b"}',
  MapList: 'a list of maps in JSON: [{"a":"b"}]',
} as const;

/** What a runbook takes, in one line. */
export function describeParameters(runbook: Runbook): string {
  const described = [...runbook.parameters.values()].map(
    ({ name, declaredType, default: value }) =>
      `${name} (${declaredType}${value === undefined ? ', required' : ''})`,
  );
  return described.length === 0 ? 'It takes none' : `It takes ${described.join(', ')}`;
}

interface Given {
  readonly name: string;
  readonly value: unknown;
  /** Whether it was part of one JSON object. */
  readonly isJson: boolean;
}

function split(text: string): Given[] {
  if (text.startsWith('{')) {
    const parsed = jsonOr(text, undefined);
    if (isJsonObject(parsed)) {
      return Object.entries(parsed).map(([name, value]) => ({ name, value, isJson: true }));
    }
  }
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new CliError(
      'WRONG_PARAMETER',
      `--parameters ${shorten(text, SHOWN)}: it has to be name=value, or a JSON object`,
    );
  }
  return [{ name: text.slice(0, equals), value: text.slice(equals + 1), isJson: false }];
}

function toStrings({ type }: ParameterDefinition, value: unknown): readonly string[] | undefined {
  const parsed = typeof value === 'string' && /^\s*[[{]/.test(value) ? jsonOr(value, undefined) : value;
  switch (type) {
    case 'StringList':
      if (Array.isArray(parsed)) return parsed.map(asText);
      return typeof value === 'string' && !/^\s*\[/.test(value) ? listOf(value) : undefined;
    case 'MapList': {
      const maps = isJsonObject(parsed) ? [parsed] : parsed;
      return Array.isArray(maps) && maps.every(isJsonObject) ? maps.map(asText) : undefined;
    }
    case 'StringMap': {
      const map = onlyMember(parsed);
      const content = typeof map === 'string' ? jsonOr(map, undefined) : map;
      return isJsonObject(content) ? [asText(content)] : undefined;
    }
    case 'Integer':
      return one(value, /^-?\d{1,15}$/);
    case 'Boolean':
      return one(value, /^(true|false)$/i);
    case 'String':
      return one(value, /^/);
  }
}

/** A single value; in a JSON object it may be a list of one, as the AWS CLI takes it. */
function one(value: unknown, pattern: RegExp): string[] | undefined {
  const single = onlyMember(value);
  if (Array.isArray(single) || single === null) return undefined;
  const text = asText(single);
  return pattern.test(text) ? [text] : undefined;
}

function listOf(text: string): string[] {
  return text === '' ? [] : text.split(',').map((member) => member.trim());
}

function onlyMember(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wrong(what: string, runbook: Runbook): CliError {
  return new CliError('WRONG_PARAMETER', `--parameters: ${what}. ${describeParameters(runbook)}.`);
}
