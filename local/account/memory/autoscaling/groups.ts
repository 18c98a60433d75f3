import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import type { GroupRecord, LaunchSource, MemberRecord } from './state.ts';

/** What a group's instances carry, so that EC2, too, shows whose they are. */
export const GROUP_TAG = 'aws:autoscaling:groupName';

/** @throws AwsError ValidationError */
export function requireGroup(name: string, { state }: MemoryContext): GroupRecord {
  const group = state.autoscaling.groups.get(name);
  if (group) return group;
  throw new AwsError(
    'ValidationError',
    `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`,
  );
}

/** The group that an instance is a member of. */
export function groupOf(
  instanceId: string,
  { state }: Pick<MemoryContext, 'state'>,
): GroupRecord | undefined {
  return [...state.autoscaling.groups.values()].find((group) => group.members.has(instanceId));
}

/** The members of those IDs. @throws AwsError ValidationError for an instance that is none */
export function requireMembers(instanceIds: readonly string[], group: GroupRecord): MemberRecord[] {
  return [...new Set(instanceIds)].map((id) => {
    const member = group.members.get(id);
    if (member) return member;
    throw new AwsError(
      'ValidationError',
      `The instance ${id} is not part of Auto Scaling group ${group.name}.`,
    );
  });
}

/** How many instances count against the desired capacity: those in standby do not. */
export function inServiceCount(group: GroupRecord): number {
  return [...group.members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService').length;
}

/** The refusal of a change that the sizes do not allow, in AWS's words. */
export function sizeError(group: GroupRecord, wish: string): AwsError {
  return new AwsError(
    'ValidationError',
    `AutoScalingGroup ${group.name} has min-size=${group.minSize}, max-size=${group.maxSize}, and desired-size=${group.desiredCapacity}. To ${wish}, please update the AutoScalingGroup sizes appropriately.`,
  );
}

export function plural(count: number): string {
  return `${count} instance${count === 1 ? '' : 's'}`;
}

function viewSource(source: LaunchSource | undefined): JsonObject {
  if (source === undefined) return {};
  return source.kind === 'configuration'
    ? { LaunchConfigurationName: source.name }
    : {
        LaunchTemplate: {
          LaunchTemplateId: source.id,
          LaunchTemplateName: source.name,
          Version: source.version,
        },
      };
}

/** A member, as both DescribeAutoScalingGroups and DescribeAutoScalingInstances show it. */
export function viewMember(member: MemberRecord): JsonObject {
  return {
    InstanceId: member.instanceId,
    InstanceType: member.instanceType,
    AvailabilityZone: member.availabilityZone,
    LifecycleState: member.lifecycleState,
    HealthStatus: member.healthStatus,
    ...viewSource(member.launchedBy),
    ProtectedFromScaleIn: member.protectedFromScaleIn,
  };
}

export function viewGroupTags(group: GroupRecord): JsonObject[] {
  return [...group.tags].map(([Key, { value, propagateAtLaunch }]) => ({
    Key,
    Value: value,
    PropagateAtLaunch: propagateAtLaunch,
    ResourceId: group.name,
    ResourceType: 'auto-scaling-group',
  }));
}

/** A group as DescribeAutoScalingGroups shows it. */
export function viewGroup(group: GroupRecord, { accountId }: MemoryContext): JsonObject {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    ...viewSource(group.source),
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desiredCapacity,
    DefaultCooldown: group.defaultCooldown,
    AvailabilityZones: group.availabilityZones,
    LoadBalancerNames: group.loadBalancerNames,
    TargetGroupARNs: group.targetGroupArns,
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.healthCheckGracePeriod,
    Instances: [...group.members.values()].map(viewMember),
    CreatedTime: group.createdTime,
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    VPCZoneIdentifier: group.subnetIds.join(','),
    EnabledMetrics: [],
    Tags: viewGroupTags(group),
    TerminationPolicies: group.terminationPolicies,
    NewInstancesProtectedFromScaleIn: group.newInstancesProtectedFromScaleIn,
    ServiceLinkedRoleARN: `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    TrafficSources: [],
    ...(group.capacityRebalance === undefined ? {} : { CapacityRebalance: group.capacityRebalance }),
    ...(group.maxInstanceLifetime === undefined ? {} : { MaxInstanceLifetime: group.maxInstanceLifetime }),
  };
}
