import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../service.ts';
import { optionalBoolean, optionalStrings, requiredString } from '../tags/request.ts';
import type { ParameterStore, StoredParameter } from './parameter-store.ts';

/**
 * One parameter by name, by `name:version`, or by ARN.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 * @throws AwsError ParameterNotFound, ParameterVersionNotFound
 */
export function getParameter(store: ParameterStore, input: JsonObject, context: RequestContext): JsonObject {
  const asked = requiredString(input, 'Name', { minLength: 1, maxLength: 2048 });
  const { names, selector } = parse(asked);
  const name = names.find((candidate) => store.find(candidate));
  if (name === undefined) {
    throw new AwsError('ParameterNotFound', `Parameter ${asked} not found.`);
  }
  const found = store.find(name, selector === undefined ? undefined : Number(selector));
  if (found === undefined) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  const decrypt = optionalBoolean(input, 'WithDecryption') ?? false;
  return { Parameter: describeParameter(found, { decrypt, selector, context }) };
}

/**
 * Up to ten parameters; names that are not there are listed, not an error.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 */
export function getParameters(store: ParameterStore, input: JsonObject, context: RequestContext): JsonObject {
  const names = optionalStrings(input, 'Names', { min: 1, max: 10, minLength: 1, maxLength: 2048 });
  if (names.length === 0) requiredString(input, 'Names');
  const found: unknown[] = [];
  const invalid: string[] = [];
  for (const name of new Set(names)) {
    try {
      found.push(getParameter(store, { ...input, Name: name }, context).Parameter);
    } catch (error) {
      if (!(error instanceof AwsError) || !error.code.endsWith('NotFound')) throw error;
      invalid.push(name);
    }
  }
  return { Parameters: found, InvalidParameters: invalid };
}

/** An ARN does not tell whether the name began with a slash. */
function parse(asked: string): { names: readonly string[]; selector: string | undefined } {
  const arn = /^arn:[^:]+:ssm:[^:]*:\d*:parameter\/(.+)$/.exec(asked);
  const [name = '', selector] = (arn?.[1] ?? asked).split(':');
  return { names: arn ? [`/${name}`, name] : [name], selector };
}

/** A parameter as the operations that get one answer with it; without `decrypt`, what is secret stays so. */
export function describeParameter(
  parameter: StoredParameter,
  options: { decrypt: boolean; selector: string | undefined; context: RequestContext },
): JsonObject {
  const { accountId } = options.context;
  const hidden = parameter.type === 'SecureString' && !options.decrypt;
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: hidden ? sealed(parameter) : parameter.value,
    Version: parameter.version,
    ...(options.selector === undefined ? {} : { Selector: `:${options.selector}` }),
    LastModifiedDate: parameter.lastModifiedDate,
    ARN: parameterArn(parameter, accountId),
    DataType: parameter.dataType,
  };
}

export function parameterArn({ region, name }: StoredParameter, accountId: string): string {
  return `arn:aws:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`;
}

/** A stand-in for KMS's ciphertext: it only has to be opaque and steady. */
function sealed(parameter: StoredParameter): string {
  return createHash('sha512')
    .update(`${parameter.name}:${parameter.version}:${parameter.value}`)
    .digest('base64');
}
