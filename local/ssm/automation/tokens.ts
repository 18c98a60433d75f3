import { TOKEN, wholeToken } from '../documents/token-syntax.ts';
import { isJsonObject } from '../tags/request.ts';
import type { Execution } from './execution.ts';
import { isWithoutValue, missingValue, unresolved } from './missing-values.ts';
import { systemVariable } from './system-variables.ts';

/** Finds what a token names; `token` is how it is written there. Undefined: nothing of that name. */
export type TokenScope = (name: string, token?: string) => unknown;

/**
 * A copy of `value` with its tokens filled in, however deep they are. A string that is one token
 * keeps the type of what it names (list, map, number); within a longer string, values become text.
 * In a list, a token that names a list stands for its members, as in `InstanceIds: ['{{ InstanceIds }}']`.
 * @throws StepFailure for a token that names nothing
 */
export function resolveTokens(value: unknown, scope: TokenScope): unknown {
  if (typeof value === 'string') return resolveString(value, scope);
  if (Array.isArray(value)) return value.flatMap((member) => resolveMember(member, scope));
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, resolveTokens(member, scope)]),
    );
  }
  return value;
}

function resolveMember(member: unknown, scope: TokenScope): unknown {
  const resolved = resolveTokens(member, scope);
  // An array that is a list by itself stays one list in the list.
  return Array.isArray(resolved) && Array.isArray(member) ? [resolved] : resolved;
}

/** Fills tokens into a text; `toText` says how a value is written there. */
export function fillText(text: string, scope: TokenScope, toText: (value: unknown) => string): string {
  return text.replace(TOKEN, (token, name: string) => toText(lookUp({ name, token }, scope)));
}

/** A value as text: strings as they are, all else as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What tokens mean within an execution: parameters, `Step.Output`, `global:`, `automation:`, `variable:`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html
 * @throws StepFailure (the scope) for an output that has no value, of a step that did not run or found nothing: its
 * token must not go on as text into a call that changes something
 */
export function executionScope(execution: Execution, now: Date): TokenScope {
  return (name) => {
    const [prefix, rest] = split(name);
    if (prefix === 'variable') return find(rest, [execution.variables]);
    if (prefix !== '') return systemVariable(name, execution, now);
    const value = find(name, [execution.outputs, execution.parameters]);
    if (value === undefined && isWithoutValue(name, execution)) throw missingValue(name, execution);
    return value;
  };
}

/**
 * The same for what only compares or computes, where an output without a value leaves its token as it is written, as
 * in AWS: runbooks ask `Variable: '{{ GetInstance.platform }}'`, `Contains: GetInstance.platform` to learn whether
 * there is one, and hand their scripts the outputs of steps that ran on one of two ways only.
 */
export function lenientScope(execution: Execution, now: Date): TokenScope {
  const scope = executionScope(execution, now);
  return (name, token) => (isWithoutValue(name, execution) ? (token ?? `{{ ${name} }}`) : scope(name));
}

/** By the whole name, else a property of a map: `Step.Output.Key`, of any depth. */
function find(name: string, sources: readonly ReadonlyMap<string, unknown>[]): unknown {
  const parts = name.split('.');
  for (let count = parts.length; count > 0; count--) {
    const key = parts.slice(0, count).join('.');
    for (const source of sources) {
      if (source.has(key)) return property(source.get(key), parts.slice(count));
    }
  }
  return undefined;
}

function property(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (owner, key) => (isJsonObject(owner) && Object.hasOwn(owner, key) ? owner[key] : undefined),
    value,
  );
}

function resolveString(text: string, scope: TokenScope): unknown {
  const whole = wholeToken(text);
  return whole === undefined
    ? fillText(text, scope, asText)
    : lookUp({ name: whole, token: text.trim() }, scope);
}

function lookUp(
  { name, token }: { readonly name: string; readonly token: string },
  scope: TokenScope,
): unknown {
  const value = scope(name, token);
  if (value === undefined) {
    const reason = name.startsWith('ssm:')
      ? "{{ ssm:… }} can be used as a parameter's default only"
      : 'it is no parameter, no output of a step that has run, and no variable with a value';
    throw unresolved({ name, reason });
  }
  return value;
}

function split(name: string): [string, string] {
  const colon = name.indexOf(':');
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
