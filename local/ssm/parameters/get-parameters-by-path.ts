import type { JsonObject, RequestContext } from '../../service.ts';
import { page } from '../tags/page.ts';
import {
  optionalBoolean,
  optionalInteger,
  optionalString,
  requiredString,
  violation,
} from '../tags/request.ts';
import { describeParameter } from './get-parameter.ts';
import type { ParameterStore } from './parameter-store.ts';

/**
 * The parameters below a path: right below it, or at any depth with `Recursive`.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 * @throws AwsError ValidationException, InvalidNextToken
 */
export function getParametersByPath(
  store: ParameterStore,
  input: JsonObject,
  context: RequestContext,
): JsonObject {
  const path = requiredString(input, 'Path', { minLength: 1, maxLength: 2048 });
  if (!path.startsWith('/')) throw violation('Path', path, 'Member must begin with a slash');
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const isRecursive = optionalBoolean(input, 'Recursive') ?? false;
  const decrypt = optionalBoolean(input, 'WithDecryption') ?? false;
  const { items, nextToken } = page({
    items: store
      .list()
      .filter(({ name }) => name.startsWith(prefix))
      .filter(({ name }) => isRecursive || !name.slice(prefix.length).includes('/')),
    idOf: ({ name }) => name,
    maxResults: optionalInteger(input, 'MaxResults', { min: 1, max: 10 }) ?? 10,
    nextToken: optionalString(input, 'NextToken'),
  });
  return {
    Parameters: items.map((each) => describeParameter(each, { decrypt, selector: undefined, context })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}
