import { RemediatorError } from './errors.ts';
import { type Finding, partitionOf } from './finding.ts';
import type { Match } from './match.ts';
import { quote } from './text.ts';

/** Parameters as StartAutomationExecution takes them: a map of lists of strings. */
export type RunbookParameters = Readonly<Record<string, readonly string[]>>;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
const LIMITS = { parameters: 200, keyLength: 50, values: 50, valueLength: 512 } as const;

/** Parameters that say with which permissions a runbook acts: written in the row, never taken from an event. */
export const ROLE_PARAMETER = /AssumeRole(?:Arn)?$/i;

/** `$$`, `$name`, `$1`, `$detail['Key Name']`, `$outputs.Step.Name`; whatever else follows a dollar is an error. */
const PLACEHOLDER = /\$(?:(\$)|detail\['((?:[^'\\]|\\.)*)'\]|(outputs\.\w+\.\w+|\d+|[A-Za-z_]\w*)|)/g;

/** Before an output's step and name. */
const OUTPUTS = 'outputs.';

/** Control characters, half characters, and the braces in which Systems Manager looks up parameters and variables. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
const UNSAFE = /[\u0000-\u001f\u007f]|\p{Surrogate}|\{\{|\}\}/u;
/** Pairs of braces, those that overlap counted too. */
const BRACES = /(?=\{\{|\}\})/g;

/**
 * Fills in a parameter template. Values are put into parsed strings, once: never into JSON text, never anew.
 * @throws RemediatorError MAPPING_TEMPLATE_INVALID, PLACEHOLDER_UNKNOWN, PARAMETER_EMPTY, PARAMETER_TOO_LONG,
 * PARAMETER_UNSAFE, ROLE_FROM_EVENT
 */
export function fillTemplate(template: string, finding: Finding, match: Match): RunbookParameters {
  const values = valuesOf(finding, match);
  return Object.fromEntries(
    parsedTemplate(template).map(([name, list]) => [
      name,
      limited(
        name,
        list.flatMap((text) => {
          if (ROLE_PARAMETER.test(name)) return roleOf(name, text);
          return alternatives(name, text, { values, outputs: match.outputs }).map((each) =>
            checked(name, substitute(name, text, { values: each, finding })),
          );
        }),
      ),
    ]),
  );
}

/** A mapping's template is filled in for thousands of findings. */
const parsedTemplates = new Map<string, ReturnType<typeof parseTemplate>>();
const MOST_PARSED = 500;

function parsedTemplate(template: string): ReturnType<typeof parseTemplate> {
  const known = parsedTemplates.get(template);
  if (known) return known;
  const fresh = parseTemplate(template);
  const [oldest] = parsedTemplates.keys();
  if (parsedTemplates.size >= MOST_PARSED && oldest !== undefined) parsedTemplates.delete(oldest);
  parsedTemplates.set(template, fresh);
  return fresh;
}

type Values = ReadonlyMap<string, string | null>;

/** An output can have several values. Standing alone it becomes as many; none of them is ever left out. */
function alternatives(
  parameter: string,
  text: string,
  { values, outputs }: { readonly values: Values; readonly outputs: Match['outputs'] },
): readonly Values[] {
  if (outputs === undefined) return [values];
  for (const [, , , name] of text.matchAll(PLACEHOLDER)) {
    const several = name?.startsWith(OUTPUTS) ? outputs[name.slice(OUTPUTS.length)] : undefined;
    if (name === undefined || several === undefined || several.length < 2) continue;
    if (text === `$${name}`) return several.map((value) => new Map([...values, [name, value]]));
    throw new RemediatorError(
      'MAPPING_TEMPLATE_INVALID',
      `$${name} in the parameter ${parameter} has ${several.length} values, and so must be a whole value by itself.`,
    );
  }
  return [values];
}

/** A placeholder as it stands in a text: a value by name, a key of the event's detail, or a dollar that is neither. */
export interface Placeholder {
  readonly whole: string;
  readonly name?: string;
  readonly detailKey?: string;
}

/** The placeholders of a text. A dollar for itself (`$$`) is none. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([whole, dollar, detailKey, name]) =>
    dollar
      ? []
      : [
          {
            whole,
            ...(name === undefined ? {} : { name }),
            ...(detailKey === undefined ? {} : { detailKey }),
          },
        ],
  );
}

/** Values that a mapping can name whatever the finding: all but groups, outputs and the event's own keys. */
export const FIXED_NAMES = [
  'resourceId',
  'resource',
  'account',
  'region',
  'partition',
  'checkName',
  'status',
] as const;

function limited(parameter: string, list: readonly string[]): readonly string[] {
  if (list.length <= LIMITS.values) return list;
  throw new RemediatorError(
    'PARAMETER_TOO_LONG',
    `The parameter ${parameter} has ${list.length} values; ${LIMITS.values} are allowed.`,
  );
}

/**
 * Parameters and their texts, placeholders not yet filled in.
 * @throws RemediatorError MAPPING_TEMPLATE_INVALID
 */
export function parseTemplate(template: string): [string, string[]][] {
  const invalid = (what: string, cause?: unknown) =>
    new RemediatorError('MAPPING_TEMPLATE_INVALID', `automationParameters ${what}.`, { cause });
  let parsed: unknown;
  try {
    parsed = JSON.parse(template);
  } catch (cause) {
    throw invalid(`is not JSON: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw invalid('is not a JSON object');
  const entries = Object.entries(parsed as Record<string, unknown>);
  if (entries.length > LIMITS.parameters) throw invalid(`has more than ${LIMITS.parameters} parameters`);
  for (const [name, list] of entries) {
    const of = `of ${JSON.stringify(name)}`;
    if (name.length === 0 || name.length > LIMITS.keyLength)
      throw invalid(`has a name of 0 or over 50 characters`);
    if (!Array.isArray(list) || !list.every((value) => typeof value === 'string')) {
      throw invalid(`${of} must be a list of strings, such as ["$resourceId"]`);
    }
    if (list.length === 0 || list.length > LIMITS.values)
      throw invalid(`${of} must have 1 to ${LIMITS.values} values`);
  }
  return entries as [string, string[]][];
}

function valuesOf(finding: Finding, match: Match): ReadonlyMap<string, string | null> {
  const outputs = Object.entries(match.outputs ?? {}).map(([name, values]): [string, string | null] => [
    `${OUTPUTS}${name}`,
    values[0] ?? null,
  ]);
  const fixed: Record<(typeof FIXED_NAMES)[number], string> = {
    resourceId: match.resourceId,
    resource: finding.resource,
    account: finding.account,
    region: finding.region,
    partition: partitionOf(finding.region),
    checkName: finding.checkName,
    status: finding.status,
  };
  return new Map<string, string | null>([
    ...outputs,
    // Named groups first: a fixed name below wins over a group that is called the same.
    ...Object.entries(match.named),
    ...match.groups.map((value, index): [string, string | null] => [String(index + 1), value]),
    ...Object.entries(fixed),
  ]);
}

/** Whether a template asks for a key of the event's detail. */
export function asksForDetail(template: string): boolean {
  return template.includes("$detail['");
}

interface Known {
  readonly values: ReadonlyMap<string, string | null>;
  readonly finding: Pick<Finding, 'detail'>;
}

function substitute(parameter: string, text: string, known: Known): string {
  const filled = text.replace(PLACEHOLDER, (whole, dollar?: string, key?: string, name?: string) => {
    if (dollar) return '$';
    const value = key === undefined ? lookUp(name, known) : detailOf(key.replace(/\\(.)/g, '$1'), known);
    if (value === undefined) {
      throw new RemediatorError(
        'PLACEHOLDER_UNKNOWN',
        `The parameter ${parameter} has the placeholder ${whole === '$' ? `"$" in ${JSON.stringify(text)}` : whole}, which this finding does not have.`,
      );
    }
    if (value === null || value === '') {
      throw new RemediatorError(
        'PARAMETER_EMPTY',
        `${whole} in the parameter ${parameter} is empty for this finding.`,
      );
    }
    if (UNSAFE.test(value)) {
      throw unsafe(`${whole} in the parameter ${parameter}`, value);
    }
    return value;
  });
  // Values that are harmless by themselves may make up a pair of braces with what they stand beside.
  if (!filled.includes('{{') && !filled.includes('}}')) return filled;
  if (bracesIn(filled) > bracesIn(text.replace(PLACEHOLDER, ' ')))
    throw unsafe(`The parameter ${parameter}`, filled);
  return filled;
}

function bracesIn(text: string): number {
  return text.match(BRACES)?.length ?? 0;
}

function unsafe(what: string, value: string): RemediatorError {
  return new RemediatorError(
    'PARAMETER_UNSAFE',
    `${what} has a value that no runbook may be given: ${quote(value)}.`,
  );
}

/** The whole name counts: `$resourceIdentifier` is never `$resourceId` followed by "entifier". */
function lookUp(name: string | undefined, known: Known): string | null | undefined {
  return name === undefined ? undefined : known.values.get(name);
}

function detailOf(key: string, known: Known): string | null | undefined {
  const { detail } = known.finding;
  return Object.hasOwn(detail, key) ? detail[key] : undefined;
}

function roleOf(parameter: string, text: string): string {
  if (text.includes('$')) {
    throw new RemediatorError('ROLE_FROM_EVENT', `The parameter ${parameter} is ${JSON.stringify(text)}.`);
  }
  return checked(parameter, text);
}

function checked(parameter: string, value: string): string {
  if (value === '') throw new RemediatorError('PARAMETER_EMPTY', `The parameter ${parameter} is empty.`);
  if (value.length > LIMITS.valueLength) {
    throw new RemediatorError(
      'PARAMETER_TOO_LONG',
      `The parameter ${parameter} has ${value.length} characters; ${LIMITS.valueLength} are allowed.`,
    );
  }
  return value;
}
