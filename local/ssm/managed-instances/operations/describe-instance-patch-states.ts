import type { JsonObject, Operation, RequestContext } from '../../../service.ts';
import { isJsonObject, optionalStrings, requiredString } from '../../tags/request.ts';

const PATCH_DOCUMENT = 'AWS-RunPatchBaseline';

/**
 * What the last run of AWS-RunPatchBaseline came to on each instance; one without a run has no state. No patches are
 * known here: all counts are 0, but for one failure after a run that failed.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstancePatchStates.html
 */
export async function describeInstancePatchStates(
  deps: { readonly operations: () => Readonly<Record<string, Operation>> },
  input: JsonObject,
  context: RequestContext,
): Promise<JsonObject> {
  const ids = optionalStrings(input, 'InstanceIds', { max: 50, pattern: /^(i-\w{8,17}|mi-\w{17})$/ });
  if (ids.length === 0) requiredString(input, 'InstanceIds');
  const ask = async (operation: 'ListCommandInvocations' | 'ListCommands', request: JsonObject) => {
    const answer = await deps.operations()[operation]?.(request, context);
    const listed = isJsonObject(answer) ? answer[operation.slice('List'.length)] : undefined;
    return Array.isArray(listed) ? listed.filter(isJsonObject) : [];
  };
  const states: JsonObject[] = [];
  for (const InstanceId of ids) {
    const filter = { InstanceId, Filters: [{ key: 'DocumentName', value: PATCH_DOCUMENT }] };
    const invocations = await ask('ListCommandInvocations', filter);
    // They are listed newest first.
    const last = invocations.find(({ Status }) => hasEnded(Status));
    if (last === undefined) continue;
    const [command] = await ask('ListCommands', { CommandId: last.CommandId });
    states.push(toState(last, command ?? {}));
  }
  return { InstancePatchStates: states };
}

function hasEnded(status: unknown): boolean {
  return !['Pending', 'InProgress', 'Cancelling'].includes(String(status));
}

function toState(invocation: JsonObject, { Parameters }: JsonObject): JsonObject {
  const parameters = isJsonObject(Parameters) ? Parameters : {};
  const first = (name: string) => (Array.isArray(parameters[name]) ? parameters[name][0] : undefined);
  return {
    InstanceId: invocation.InstanceId,
    PatchGroup: '',
    BaselineId: 'pb-00000000000000000',
    Operation: first('Operation') ?? 'Scan',
    OperationStartTime: invocation.RequestedDateTime,
    OperationEndTime: invocation.RequestedDateTime,
    RebootOption: first('RebootOption') ?? 'RebootIfNeeded',
    InstalledCount: 0,
    InstalledOtherCount: 0,
    InstalledPendingRebootCount: 0,
    InstalledRejectedCount: 0,
    MissingCount: 0,
    FailedCount: invocation.Status === 'Success' ? 0 : 1,
    NotApplicableCount: 0,
    UnreportedNotApplicableCount: 0,
    CriticalNonCompliantCount: 0,
    SecurityNonCompliantCount: 0,
    OtherNonCompliantCount: 0,
  };
}
