import type { JsonObject } from '../../../service.ts';
import { requiredString } from '../../tags/request.ts';
import type { RunCommandDeps } from '../deps.ts';
import { toInvocationDetails } from '../views.ts';

/**
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html
 * @throws AwsError InvocationDoesNotExist
 */
export function getCommandInvocation({ store }: RunCommandDeps, input: JsonObject): JsonObject {
  const id = requiredString(input, 'CommandId', { minLength: 36, maxLength: 36 });
  const { command, invocation } = store.invocation(id, requiredString(input, 'InstanceId'));
  return toInvocationDetails(command, invocation);
}
