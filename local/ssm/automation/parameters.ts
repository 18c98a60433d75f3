import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../aws-error.ts';
import type { ParameterDefinition, Runbook } from '../documents/runbook.ts';
import { tokensIn } from '../documents/token-syntax.ts';
import { checkConstraints } from './constraints.ts';
import { fromStrings } from './parameter-values.ts';
import { asText, fillText } from './tokens.ts';

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
  lookup: DefaultLookup,
): unknown {
  const strings = given ?? fromTokens(definition, lookup);
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

/** A default with tokens, filled in; undefined for any other. Tokens of other services, such as `{{TARGET_ID}}`, stay. */
function fromTokens(
  { name, type, default: text }: ParameterDefinition,
  lookup: DefaultLookup,
): string[] | undefined {
  if (typeof text !== 'string' || !tokensIn(text).some((token) => OURS.test(token))) return undefined;
  const value = fillText(
    text,
    (token) => {
      if (!OURS.test(token)) return `{{${token}}}`;
      const found = lookup(token);
      if (found !== undefined) return found;
      throw invalidParameters(
        `Parameter ${name} takes its default from {{ ${token} }}, which is not ${token.startsWith('ssm:') ? 'in Parameter Store' : 'a system variable'}.`,
      );
    },
    asText,
  );
  return type === 'StringList' ? value.split(',') : [value];
}

const OURS = /^(ssm|global|automation):/;
