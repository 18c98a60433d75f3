import { AwsError } from '../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../service.ts';
import { page } from '../tags/page.ts';
import {
  optionalInteger,
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
} from '../tags/request.ts';
import { parameterArn } from './get-parameter.ts';
import type { StoredParameter } from './parameter-store.ts';
import type { ParameterDeps } from './put-parameter.ts';

type Test = (parameter: StoredParameter) => boolean;

/**
 * What is known of parameters beside their values.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
 * @throws AwsError InvalidFilterKey, InvalidFilterOption, InvalidFilterValue, InvalidNextToken
 */
export function describeParameters(
  deps: ParameterDeps,
  input: JsonObject,
  context: RequestContext,
): JsonObject {
  const tests = [
    ...optionalObjects(input, 'ParameterFilters').map((filter) => readFilter(filter, deps)),
    ...optionalObjects(input, 'Filters').map((filter) => readFilter(filter, deps)),
  ];
  const { items, nextToken } = page({
    items: deps.store.list().filter((parameter) => tests.every((test) => test(parameter))),
    idOf: ({ name }) => name,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 50 }) ?? 50,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    Parameters: items.map((parameter) => view(parameter, context)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** A filter of either kind: `ParameterFilters` have an option, and `Name` for what `Filters` call so too. */
function readFilter(filter: JsonObject, { tags }: ParameterDeps): Test {
  const key = requiredString(filter, 'Key', { minLength: 1, maxLength: 132 });
  const values = optionalStrings(filter, 'Values', { max: 50, minLength: 1, maxLength: 1024 });
  const option = optionalString(filter, 'Option', { minLength: 1, maxLength: 10 });
  if (values.length === 0 && !key.startsWith('tag:')) {
    throw new AwsError(
      'InvalidFilterValue',
      'The filter value is not valid. Verify the value and try again.',
    );
  }
  switch (key) {
    case 'Name':
      return textTest(option ?? 'Equals', values, ({ name }) => name);
    case 'Type':
      return textTest(option ?? 'Equals', values, ({ type }) => type);
    case 'Tier':
      return textTest(option ?? 'Equals', values, ({ tier }) => tier);
    case 'DataType':
      return textTest(option ?? 'Equals', values, ({ dataType }) => dataType);
    case 'Path':
      return ({ name }) => values.some((path) => isBelow(name, path, option === 'Recursive'));
    default: {
      if (!key.startsWith('tag:')) {
        throw new AwsError('InvalidFilterKey', `The specified key ${key} is not valid.`);
      }
      return ({ name }) =>
        tags
          .list('Parameter', name)
          .some((tag) => tag.Key === key.slice('tag:'.length) && isOneOf(values, tag.Value));
    }
  }
}

function textTest(
  option: string,
  values: readonly string[],
  read: (parameter: StoredParameter) => string,
): Test {
  switch (option) {
    case 'Equals':
      return (parameter) => values.includes(read(parameter));
    case 'BeginsWith':
      return (parameter) => values.some((value) => read(parameter).startsWith(value));
    case 'Contains':
      return (parameter) => values.some((value) => read(parameter).includes(value));
    default:
      throw new AwsError(
        'InvalidFilterOption',
        `The filter option ${option} is not valid. Valid options are Equals, BeginsWith and Contains.`,
      );
  }
}

function isOneOf(values: readonly string[], value: string): boolean {
  return values.length === 0 || values.includes(value);
}

function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (isRecursive || !name.slice(prefix.length).includes('/'));
}

function view(parameter: StoredParameter, { accountId, principalArn }: RequestContext): JsonObject {
  return {
    Name: parameter.name,
    ARN: parameterArn(parameter, accountId),
    Type: parameter.type,
    ...(parameter.type === 'SecureString' ? { KeyId: 'alias/aws/ssm' } : {}),
    LastModifiedDate: parameter.lastModifiedDate,
    LastModifiedUser: principalArn,
    ...(parameter.description === undefined ? {} : { Description: parameter.description }),
    Version: parameter.version,
    Tier: parameter.tier,
    Policies: [],
    DataType: parameter.dataType,
  };
}
