import { RE2JS } from 're2js';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject, RequestContext } from '../../service.ts';
import { optionalBoolean, optionalString, optionalTags, requiredString } from '../tags/request.ts';
import type { TagStore } from '../tags/tag-store.ts';
import type { ParameterStore, ParameterType, StoredParameter } from './parameter-store.ts';

export interface ParameterDeps {
  readonly clock: Clock;
  readonly tags: TagStore;
  readonly store: ParameterStore;
}

const TYPES: readonly ParameterType[] = ['String', 'StringList', 'SecureString'];
const NAME = /^[a-zA-Z0-9_.\-/]+$/;
const STANDARD_BYTES = 4096;
const ADVANCED_BYTES = 8192;
const LEVELS = 15;

/**
 * Creates a parameter, or with `Overwrite` a new version of it.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * @throws AwsError ParameterAlreadyExists, ParameterPatternMismatchException, UnsupportedParameterType, ValidationException …
 */
export function putParameter(deps: ParameterDeps, input: JsonObject, context: RequestContext): JsonObject {
  const name = requiredString(input, 'Name', { minLength: 1, maxLength: 2048 });
  checkName(name);
  const existing = deps.store.find(name);
  const overwrite = optionalBoolean(input, 'Overwrite') ?? false;
  const tags = optionalTags(input, 'Tags', { max: 50 });
  if (existing && !overwrite) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  if (existing && tags.length > 0) {
    throw new AwsError(
      'ValidationException',
      'Invalid request: tags and overwrite can not be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.',
    );
  }
  const type = typeOf(input, existing);
  const value = requiredString(input, 'Value', { minLength: 1 });
  const tier = tierOf(input, value);
  checkPattern(optionalString(input, 'AllowedPattern', { maxLength: 1024 }), value);
  const dataType = optionalString(input, 'DataType', {
    oneOf: ['text', 'aws:ec2:image', 'aws:ssm:integration'],
  });
  const stored = deps.store.put({
    name,
    region: existing?.region ?? context.region,
    type,
    value,
    dataType: dataType ?? 'text',
    tier,
    description: optionalString(input, 'Description', { maxLength: 1024 }) ?? existing?.description,
    lastModifiedDate: deps.clock.now(),
  });
  if (!existing) deps.tags.set('Parameter', name, tags);
  return { Version: stored.version, Tier: tier };
}

function checkName(name: string): void {
  const levels = name.split('/').filter((part) => part !== '');
  if (!NAME.test(name) || levels.length === 0) {
    throw new AwsError(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
  if (/^(aws|ssm)/i.test(levels[0] ?? '')) {
    throw new AwsError(
      'ValidationException',
      `Parameter name ${name}: a name can't begin with "aws" or "ssm" (case-insensitive), with or without a leading slash.`,
    );
  }
  if (levels.length > LEVELS) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${LEVELS} levels.`,
    );
  }
}

function typeOf(input: JsonObject, existing: StoredParameter | undefined): ParameterType {
  const given = optionalString(input, 'Type', { oneOf: TYPES });
  const type = TYPES.find((known) => known === (given ?? existing?.type));
  if (type === undefined) {
    throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  if (existing && existing.type !== type) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `The parameter has the type ${existing.type}; Parameter Store can't change it to ${type}.`,
    );
  }
  return type;
}

function tierOf(input: JsonObject, value: string): string {
  const asked =
    optionalString(input, 'Tier', { oneOf: ['Standard', 'Advanced', 'Intelligent-Tiering'] }) ?? 'Standard';
  const bytes = Buffer.byteLength(value);
  const tier = asked === 'Intelligent-Tiering' ? (bytes > STANDARD_BYTES ? 'Advanced' : 'Standard') : asked;
  const limit = tier === 'Advanced' ? ADVANCED_BYTES : STANDARD_BYTES;
  if (bytes > limit) {
    throw new AwsError(
      'ValidationException',
      `${tier} tier parameters support a maximum parameter value of ${limit} characters.`,
    );
  }
  return tier;
}

function checkPattern(pattern: string | undefined, value: string): void {
  if (pattern === undefined || pattern === '') return;
  let matches: boolean;
  try {
    matches = RE2JS.compile(pattern).matches(value);
  } catch (cause) {
    throw new AwsError('InvalidAllowedPatternException', `The pattern ${pattern} is not valid.`, { cause });
  }
  if (!matches) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}
