import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../aws-error.ts';
import { checkConstraints } from '../documents/constraints.ts';
import type { ParameterDefinition, Runbook } from '../documents/runbook.ts';
import { filledDefault } from './parameter-defaults.ts';
import { fromStrings } from './parameter-values.ts';

/** What a token in a default names: `ssm:x`, `global:x`, `automation:x`; undefined where there is nothing. */
export type DefaultLookup = (token: string) => string | undefined;

export interface GivenParameters {
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** Parameters that get their value later, one for each target. */
  readonly later?: ReadonlySet<string>;
}

/**
 * Checks the parameters of a start against the runbook's, and gives the typed values, defaults included.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 * @throws AwsError InvalidAutomationExecutionParametersException, which names the parameter
 */
export function checkParameters(
  runbook: Runbook,
  { given, later = new Set() }: GivenParameters,
  lookup: DefaultLookup,
): Map<string, unknown> {
  const unknown = [...given.keys(), ...later].filter((name) => !runbook.parameters.has(name));
  if (unknown.length > 0) {
    const known = [...runbook.parameters.keys()].join(', ') || 'none';
    throw invalidParameters(
      `Parameters [${unknown.join(', ')}] are not defined in the document. Its parameters: ${known}.`,
    );
  }
  const definitions = [...runbook.parameters.values()];
  const missing = definitions.filter(
    ({ name, default: value }) => value === undefined && !given.has(name) && !later.has(name),
  );
  if (missing.length > 0) {
    throw invalidParameters(
      `Missing required parameters: [${missing.map(({ name }) => name).join(', ')}]. They have no default in the document.`,
    );
  }
  const values = new Map<string, unknown>();
  const open = new Set<string>();
  // A default can name other parameters, whose default can again; one in a circle names nothing.
  const scope = (token: string): unknown => {
    const named = runbook.parameters.get(token);
    if (named === undefined) return systemToken(token, [...open].at(-1), lookup);
    return open.has(token) || (later.has(token) && !given.has(token)) ? undefined : typedValue(named);
  };
  const typedValue = (definition: ParameterDefinition): unknown => {
    const { name } = definition;
    if (values.has(name)) return values.get(name);
    open.add(name);
    const value = parameterValue(definition, given.get(name) ?? filledDefault(definition, scope));
    open.delete(name);
    values.set(name, value);
    return value;
  };
  return new Map(
    definitions
      .filter(({ name }) => given.has(name) || !later.has(name))
      .map((definition) => [definition.name, typedValue(definition)]),
  );
}

/** The error of a start whose parameters can't be used. */
export function invalidParameters(message: string): AwsError {
  return new AwsError('InvalidAutomationExecutionParametersException', message);
}

function parameterValue(definition: ParameterDefinition, strings: readonly string[] | undefined): unknown {
  if (strings === undefined) return definition.default;
  const value = fromStrings(definition.type, strings);
  if (value === undefined) {
    throw invalidParameters(
      `Parameter ${definition.name} has to be of type ${definition.declaredType}; ${JSON.stringify(strings)} is not.`,
    );
  }
  if (isDeepStrictEqual(value, definition.default)) return value;
  const fault = checkConstraints(definition, value);
  if (fault !== undefined) throw invalidParameters(`Parameter "${definition.name}" ${fault}.`);
  return value;
}

/** Undefined for a token of another service, such as `{{TARGET_ID}}`. */
function systemToken(token: string, name: string | undefined, lookup: DefaultLookup): string | undefined {
  if (!/^(ssm|global|automation):/.test(token)) return undefined;
  const found = lookup(token);
  if (found !== undefined) return found;
  throw invalidParameters(
    `Parameter ${name} takes its default from {{ ${token} }}, which is not ${token.startsWith('ssm:') ? 'in Parameter Store' : 'a system variable'}.`,
  );
}
