import type { JsonObject } from '../../service.ts';
import { type Command, hasEnded, type Invocation, statusOf } from './command.ts';

/** What AWS keeps of an output in each place that shows it, in characters. */
const PLUGIN_OUTPUT = 2_500;
const STANDARD_OUTPUT = 24_000;
const STANDARD_ERROR = 8_000;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Command.html */
export function toCommand(command: Command): JsonObject {
  const { invocations } = command;
  const status = statusOf(command);
  return {
    ...common(command),
    ExpiresAfter: new Date(command.requestedAt.getTime() + command.timeoutSeconds * 1000),
    Parameters: command.parameters,
    InstanceIds: command.instanceIds,
    Targets: command.targets,
    Status: status,
    StatusDetails: invocations.length === 0 ? 'NoInstancesInTag' : detailsOf(status),
    MaxConcurrency: '50',
    MaxErrors: '0',
    TargetCount: invocations.length,
    CompletedCount: invocations.filter(hasEnded).length,
    ErrorCount: invocations.filter((each) => hasEnded(each) && each.status !== 'Success').length,
    DeliveryTimedOutCount: 0,
    TimeoutSeconds: command.timeoutSeconds,
    ...command.settings,
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CommandInvocation.html */
export function toInvocation(command: Command, invocation: Invocation, details: boolean): JsonObject {
  return {
    ...common(command),
    InstanceId: invocation.instanceId,
    InstanceName: '',
    Status: invocation.status,
    StatusDetails: detailsOf(invocation.status),
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: details ? [toPlugin(command, invocation)] : [],
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html */
export function toInvocationDetails(command: Command, invocation: Invocation): JsonObject {
  const { endedAt } = invocation;
  const started = command.requestedAt;
  return {
    CommandId: command.id,
    InstanceId: invocation.instanceId,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    PluginName: pluginOf(command),
    ResponseCode: invocation.responseCode,
    ExecutionStartDateTime: started.toISOString(),
    ExecutionElapsedTime: endedAt ? `PT${(endedAt.getTime() - started.getTime()) / 1000}S` : '',
    ExecutionEndDateTime: endedAt?.toISOString() ?? '',
    Status: invocation.status,
    StatusDetails: detailsOf(invocation.status),
    StandardOutputContent: invocation.output.slice(0, STANDARD_OUTPUT),
    StandardOutputUrl: '',
    StandardErrorContent: invocation.error.slice(0, STANDARD_ERROR),
    StandardErrorUrl: '',
  };
}

function common(command: Command): JsonObject {
  return {
    CommandId: command.id,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: command.documentVersion,
    RequestedDateTime: command.requestedAt,
  };
}

function toPlugin(command: Command, invocation: Invocation): JsonObject {
  const { output, error, endedAt } = invocation;
  const text = error === '' ? output : `${output}\n----------ERROR-------\n${error}`;
  return {
    Name: pluginOf(command),
    Status: invocation.status,
    StatusDetails: detailsOf(invocation.status),
    ResponseCode: invocation.responseCode,
    ResponseStartDateTime: command.requestedAt,
    ...(endedAt === undefined ? {} : { ResponseFinishDateTime: endedAt }),
    Output: text.slice(0, PLUGIN_OUTPUT),
    StandardOutputUrl: '',
    StandardErrorUrl: '',
  };
}

/** The plugin that a document of AWS's own runs; other documents are not read here. */
function pluginOf({ documentName }: Command): string {
  return documentName === 'AWS-RunPowerShellScript' ? 'aws:runPowerShellScript' : 'aws:runShellScript';
}

function detailsOf(status: string): string {
  return { TimedOut: 'ExecutionTimedOut', InProgress: 'InProgress' }[status] ?? status;
}
