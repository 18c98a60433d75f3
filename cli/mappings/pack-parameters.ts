import { finds } from '../../shared/domain/match.ts';
import type { PackParameter } from './pack-schema.ts';

export type PackParameters = Readonly<Record<string, PackParameter>>;

/** `${param:Name}` */
const PARAMETER = /\$\{param:([^}]*)\}/g;

/** Names of all parameters that a value's texts name. */
export function parametersNamedIn(value: unknown): string[] {
  return [...textsIn(value)].flatMap((text) => [...text.matchAll(PARAMETER)].map(([, name = '']) => name));
}

/**
 * Fills in a pack's parameters in every text of a value; keys stay as they are. In templates a dollar of the value
 * stands for itself.
 */
export function fillParameters(value: unknown, values: ReadonlyMap<string, string>): unknown {
  return mapTexts(value, [], (text, path) =>
    text.replace(PARAMETER, (whole, name: string) => {
      const filled = values.get(name);
      if (filled === undefined) return whole;
      return TEMPLATES.has(path[0] ?? '') ? filled.replaceAll('$', '$$$$') : filled;
    }),
  );
}

const TEMPLATES: ReadonlySet<string> = new Set(['automationParameters', 'rollbackParameters']);

/** Values for a pack's parameters: what was said, or what the pack has by default. `missing`: neither. */
export function settleParameters(
  declared: PackParameters,
  given: ReadonlyMap<string, string>,
): { readonly values: ReadonlyMap<string, string>; readonly faults: readonly string[] } {
  const values = new Map<string, string>();
  const faults: string[] = [];
  const missing: (readonly [string, PackParameter])[] = [];
  for (const [name, parameter] of Object.entries(declared)) {
    const { pattern, example } = parameter;
    const value = given.get(name) ?? parameter.default;
    if (value === undefined) missing.push([name, parameter]);
    else if (!fits(parameter, value))
      faults.push(`${name} is ${JSON.stringify(value)}, which does not match ${pattern}; such as ${example}`);
    else values.set(name, value);
  }
  return { values, faults: [...faults, ...missingFault(missing)] };
}

/** Whether a parameter takes a value. Its pattern has to be a sound one. */
export function fits({ pattern }: PackParameter, value: string): boolean {
  return pattern === undefined || finds(`^(?:${pattern})$`, value);
}

/** Of many each would be a paragraph, of which nobody could copy anything. */
function missingFault(missing: readonly (readonly [string, PackParameter])[]): string[] {
  const [first] = missing;
  if (first === undefined) return [];
  const says = missing.map(([name, { example }]) => `--param ${name}=${quoted(example)}`).join(' ');
  if (missing.length === 1) return [`${first[0]} is missing: ${says} (${first[1].description})`];
  const names = missing.map(([name]) => name);
  const last = names.pop();
  return [`${names.join(', ')} and ${last} are missing; such as ${says}. The pack says what each is`];
}

/** What a pack's examples are filled with: what was said, else its own examples. */
export function exampleValues(
  declared: PackParameters,
  given: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(declared).map(([name, { example }]): [string, string] => [
      name,
      given.get(name) ?? example,
    ]),
  );
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) yield* textsIn(member);
}

function mapTexts(
  value: unknown,
  path: readonly string[],
  change: (text: string, path: readonly string[]) => string,
): unknown {
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value)) return value.map((member) => mapTexts(member, path, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, mapTexts(member, [...path, key], change)]),
  );
}
