import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { optionalStrings, requiredString } from '../../tags/request.ts';
import { type Command, hasEnded, type Invocation } from '../command.ts';
import type { RunCommandDeps } from '../deps.ts';

/**
 * Cancels what has not ended, on some instances or on all.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CancelCommand.html
 * @throws AwsError InvalidCommandId, InvalidInstanceId
 */
export function cancelCommand({ store, clock }: RunCommandDeps, input: JsonObject): JsonObject {
  const command = store.get(requiredString(input, 'CommandId', { minLength: 36, maxLength: 36 }));
  const ids = optionalStrings(input, 'InstanceIds', { max: 50 });
  const chosen = ids.length === 0 ? command.invocations : ids.map((id) => invocationOn(command, id));
  for (const invocation of chosen) {
    if (hasEnded(invocation)) continue;
    invocation.status = 'Cancelled';
    invocation.endedAt = clock.now();
  }
  return {};
}

function invocationOn({ id, invocations }: Command, instanceId: string): Invocation {
  const found = invocations.find((each) => each.instanceId === instanceId);
  if (found) return found;
  throw new AwsError('InvalidInstanceId', `The command ${id} was not sent to the instance ${instanceId}.`);
}
