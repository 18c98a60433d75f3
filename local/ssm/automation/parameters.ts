import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../aws-error.ts';
import type { ParameterDefinition, Runbook } from '../documents/runbook.ts';
import { checkConstraints } from './constraints.ts';
import { fromStrings } from './parameter-values.ts';
import { resolveTokens } from './tokens.ts';

/** The value of an SSM parameter; undefined where there is none. */
export type SsmLookup = (name: string) => string | undefined;

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
  lookup: SsmLookup,
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
  return new Map(
    definitions
      .filter(({ name }) => given.has(name) || !later.has(name))
      .map((definition) => [definition.name, parameterValue(definition, given.get(definition.name), lookup)]),
  );
}

/** The error of a start whose parameters can't be used. */
export function invalidParameters(message: string): AwsError {
  return new AwsError('InvalidAutomationExecutionParametersException', message);
}

function parameterValue(
  definition: ParameterDefinition,
  given: readonly string[] | undefined,
  lookup: SsmLookup,
): unknown {
  const strings = given ?? fromParameterStore(definition, lookup);
  if (strings === undefined) return definition.default;
  const value = fromStrings(definition.type, strings);
  if (value === undefined) {
    throw invalidParameters(
      `Parameter ${definition.name} has to be of type ${definition.declaredType}; ${JSON.stringify(strings)} is not.`,
    );
  }
  if (isDeepStrictEqual(value, definition.default)) return value;
  const fault = checkConstraints(definition, value);
  if (fault !== undefined) throw invalidParameters(`Parameter ${definition.name} ${fault}.`);
  return value;
}

/** A default of `{{ssm:name}}`, filled in; undefined for any other. */
function fromParameterStore(definition: ParameterDefinition, lookup: SsmLookup): string[] | undefined {
  const text = definition.default;
  if (typeof text !== 'string' || !/\{\{\s*ssm:/.test(text)) return undefined;
  const value = resolveTokens(text, (token) => {
    const name = token.replace(/^ssm:\s*/, '');
    const found = token.startsWith('ssm:') ? lookup(name) : undefined;
    if (found === undefined) {
      throw invalidParameters(
        `Parameter ${definition.name} takes its default from {{ ${token} }}, which is not in Parameter Store.`,
      );
    }
    return found;
  });
  const string = String(value);
  return definition.type === 'StringList' ? string.split(',') : [string];
}
