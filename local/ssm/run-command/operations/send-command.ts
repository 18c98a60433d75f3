import { AwsError } from '../../../aws-error.ts';
import type { JsonObject, RequestContext } from '../../../service.ts';
import {
  isJsonObject,
  optionalInteger,
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
} from '../../tags/request.ts';
import { type Command, type CommandOutcome, hasEnded, type Invocation } from '../command.ts';
import type { RunCommandDeps } from '../deps.ts';
import { assertManaged, resolveTargets } from '../managed-instances.ts';
import { toCommand } from '../views.ts';

/** Members that are recorded and shown as they come. */
const SETTINGS = [
  'CloudWatchOutputConfig',
  'MaxConcurrency',
  'MaxErrors',
  'NotificationConfig',
  'OutputS3BucketName',
  'OutputS3KeyPrefix',
  'OutputS3Region',
];

/**
 * Records a command for managed instances, and lets it do there what `respond` says.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
 * @throws AwsError InvalidInstanceId, InvalidTarget, DuplicateInstanceId, ValidationException …
 */
export async function sendCommand(
  deps: RunCommandDeps,
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const request = readRequest(input);
  const { instanceIds, targets } = request;
  if (targets.length === 0) await assertManaged(deps, instanceIds, context);
  const reached = targets.length === 0 ? instanceIds : await resolveTargets(deps, targets, context);
  const command: Command = {
    ...request,
    id: deps.ids.uuid(),
    requestedAt: deps.clock.now(),
    invocations: reached.map((instanceId) => ({
      instanceId,
      status: 'Pending',
      responseCode: -1,
      output: '',
      error: '',
    })),
  };
  deps.store.add(command);
  const sent = toCommand(command);
  for (const invocation of command.invocations) invoke(deps, command, invocation);
  return { Command: sent };
}

function readRequest(input: JsonObject): Omit<Command, 'id' | 'requestedAt' | 'invocations'> {
  const instanceIds = optionalStrings(input, 'InstanceIds', {
    max: 50,
    pattern: /^(i-(\w{8}|\w{17})|mi-\w{17})$/,
  });
  const targets = optionalObjects(input, 'Targets', { max: 5 });
  if ((instanceIds.length === 0) === (targets.length === 0)) {
    throw new AwsError('ValidationException', 'A command needs either InstanceIds or Targets.');
  }
  if (new Set(instanceIds).size < instanceIds.length) {
    throw new AwsError('DuplicateInstanceId', "You can't specify an instance ID in more than one place.");
  }
  return {
    documentName: requiredString(input, 'DocumentName', { pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ }),
    documentVersion: optionalString(input, 'DocumentVersion') ?? '$DEFAULT',
    comment: optionalString(input, 'Comment', { maxLength: 100 }) ?? '',
    parameters: readParameters(input),
    instanceIds,
    targets,
    timeoutSeconds: optionalInteger(input, 'TimeoutSeconds', { min: 30, max: 2_592_000 }) ?? 3600,
    settings: Object.fromEntries(
      SETTINGS.filter((name) => (input[name] ?? undefined) !== undefined).map((name) => [name, input[name]]),
    ),
  };
}

function readParameters({ Parameters: parameters }: JsonObject): JsonObject {
  if (parameters === undefined || parameters === null) return {};
  if (!isJsonObject(parameters)) {
    throw new AwsError('SerializationException', 'Parameters has to be a map of lists of strings');
  }
  return Object.fromEntries(Object.keys(parameters).map((name) => [name, optionalStrings(parameters, name)]));
}

/** At once where there is nothing to wait for, so that the next request finds it done. */
function invoke(deps: RunCommandDeps, command: Command, invocation: Invocation): void {
  invocation.status = 'InProgress';
  const { respond } = deps;
  if (respond === undefined) {
    end(deps, invocation, {});
    return;
  }
  void (async () => respond(command, invocation.instanceId))().then(
    (outcome) => end(deps, invocation, outcome),
    (error: unknown) => end(deps, invocation, { responseCode: 1, error: String(error) }),
  );
}

/** One that has been cancelled meanwhile stays so. */
function end({ clock }: RunCommandDeps, invocation: Invocation, outcome: CommandOutcome): void {
  if (hasEnded(invocation)) return;
  const { responseCode = 0, output = '', error = '' } = outcome;
  const status = outcome.status ?? (responseCode === 0 ? 'Success' : 'Failed');
  Object.assign(invocation, { status, responseCode, output, error, endedAt: clock.now() });
}
