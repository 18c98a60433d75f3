import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { optionalStrings, requiredString } from '../tags/request.ts';
import type { ParameterDeps } from './put-parameter.ts';

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html
 * @throws AwsError ParameterNotFound
 */
export function deleteParameter(deps: ParameterDeps, input: JsonObject): JsonObject {
  const name = requiredString(input, 'Name', { minLength: 1, maxLength: 2048 });
  if (!remove(deps, name)) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  return {};
}

/**
 * Up to ten; names that are not there are listed, not an error.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html
 */
export function deleteParameters(deps: ParameterDeps, input: JsonObject): JsonObject {
  const names = optionalStrings(input, 'Names', { min: 1, max: 10, minLength: 1, maxLength: 2048 });
  if (names.length === 0) requiredString(input, 'Names');
  const deleted = [...new Set(names)].filter((name) => remove(deps, name));
  return {
    DeletedParameters: deleted,
    InvalidParameters: [...new Set(names)].filter((name) => !deleted.includes(name)),
  };
}

function remove({ store, tags }: ParameterDeps, name: string): boolean {
  tags.unregister('Parameter', name);
  return store.delete(name);
}
