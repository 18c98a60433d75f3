import { AwsError } from '../../../aws-error.ts';
import { terminateInstances } from '../ec2/operations/terminate-instances.ts';
import type { MemoryContext } from '../operation.ts';
import { recordActivity } from './activities.ts';
import { GROUP_TAG, inServiceCount } from './groups.ts';
import { launchMember } from './launch.ts';
import type { GroupRecord, MemberRecord } from './state.ts';

/** Brings every group to the state that AWS would bring it to by and by. */
export function settleGroups(context: MemoryContext): void {
  for (const group of context.state.autoscaling.groups.values()) {
    forgetTerminated(group, context);
    replaceUnhealthy(group, context);
    scaleIn(group, context);
    scaleOut(group, context);
  }
}

function forgetTerminated(group: GroupRecord, { state }: MemoryContext): void {
  for (const { instanceId } of [...group.members.values()]) {
    const instance = state.ec2.instances.get(instanceId);
    if (instance === undefined || instance.state === 'terminated') group.members.delete(instanceId);
  }
}

/** Instances in standby are not looked after. */
function replaceUnhealthy(group: GroupRecord, context: MemoryContext): void {
  if (['HealthCheck', 'ReplaceUnhealthy', 'Terminate'].some((process) => group.suspended.has(process)))
    return;
  for (const member of [...group.members.values()]) {
    if (member.lifecycleState !== 'InService') continue;
    const isRunning = context.state.ec2.instances.get(member.instanceId)?.state === 'running';
    if (isRunning && member.healthStatus === 'Healthy') continue;
    const cause = 'an instance was taken out of service in response to an EC2 health check.';
    terminateMember(group, member, { cause, context });
  }
}

function scaleIn(group: GroupRecord, context: MemoryContext): void {
  if (group.suspended.has('Terminate')) return;
  while (inServiceCount(group) > group.desiredCapacity) {
    const member = nextToGo(group, context);
    if (member === undefined) return;
    const cause = `a difference between desired and actual capacity changed the capacity to ${group.desiredCapacity}.`;
    terminateMember(group, member, { cause, context });
  }
}

function scaleOut(group: GroupRecord, context: MemoryContext): void {
  if (group.suspended.has('Launch')) return;
  while (inServiceCount(group) < group.desiredCapacity) {
    const cause = 'an instance was started in response to a difference between desired and actual capacity.';
    try {
      const instanceId = launchMember(group, context);
      recordActivity(group, { description: `Launching a new EC2 instance: ${instanceId}`, cause }, context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const failure = `${error.message} Launching EC2 instance failed.`;
      const last = context.state.autoscaling.activities.findLast(({ groupName }) => groupName === group.name);
      // What cannot be launched is tried again at the next call; it is told once.
      if (last?.failure !== failure) {
        recordActivity(group, { description: 'Launching a new EC2 instance', cause, failure }, context);
      }
      return;
    }
  }
}

/** The zone with the most instances gives one up, the oldest that is not protected. */
function nextToGo(group: GroupRecord, { state }: MemoryContext): MemberRecord | undefined {
  const active = [...group.members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
  const inZone = (zone: string) => active.filter(({ availabilityZone }) => availabilityZone === zone).length;
  const launched = ({ instanceId }: MemberRecord) =>
    state.ec2.instances.get(instanceId)?.launchTime.getTime() ?? 0;
  return active
    .filter(({ protectedFromScaleIn }) => !protectedFromScaleIn)
    .sort((a, b) => inZone(b.availabilityZone) - inZone(a.availabilityZone) || launched(a) - launched(b))[0];
}

/** Takes a member out of its group, and terminates the instance whatever its own guards say. */
export function terminateMember(
  group: GroupRecord,
  { instanceId }: MemberRecord,
  { cause, context }: { cause: string; context: MemoryContext },
) {
  group.members.delete(instanceId);
  const instance = context.state.ec2.instances.get(instanceId);
  if (instance) {
    instance.disableApiTermination = false;
    terminateInstances.run({ InstanceIds: [instanceId] }, context);
  }
  return recordActivity(group, { description: `Terminating EC2 instance: ${instanceId}`, cause }, context);
}

/** Takes a member out of its group, and leaves the instance as it is. */
export function releaseMember(group: GroupRecord, instanceId: string, { state }: MemoryContext): void {
  group.members.delete(instanceId);
  state.ec2.tags.get(instanceId)?.delete(GROUP_TAG);
}
