import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { templateData } from '../ec2/launch-templates.ts';
import { runInstances } from '../ec2/operations/run-instances.ts';
import { putTags } from '../ec2/tags.ts';
import type { MemoryContext } from '../operation.ts';
import { GROUP_TAG } from './groups.ts';
import type { GroupRecord, LaunchConfigurationRecord, MemberRecord } from './state.ts';

/** @throws AwsError ValidationError */
export function requireLaunchConfiguration(
  name: string,
  { state }: MemoryContext,
): LaunchConfigurationRecord {
  const configuration = state.autoscaling.launchConfigurations.get(name);
  if (configuration) return configuration;
  throw new AwsError(
    'ValidationError',
    `Launch configuration name not found - Launch configuration ${name} not found`,
  );
}

export type NewLaunchConfiguration = Omit<LaunchConfigurationRecord, 'arn' | 'createdTime'>;

export function addConfiguration(
  configuration: NewLaunchConfiguration,
  { state, region, accountId, clock, ids }: MemoryContext,
): void {
  state.autoscaling.launchConfigurations.set(configuration.name, {
    ...configuration,
    arn: `arn:aws:autoscaling:${region}:${accountId}:launchConfiguration:${ids.uuid()}:launchConfigurationName/${configuration.name}`,
    createdTime: clock.now(),
  });
}

/** Launches an instance into the subnet that has the fewest. @throws AwsError as RunInstances does */
export function launchMember(group: GroupRecord, context: MemoryContext): string {
  const answer = runInstances.run(launchRequest(group, context), context);
  const [instance]: readonly unknown[] = Array.isArray(answer.Instances) ? answer.Instances : [];
  const instanceId = String(Reflect.get(Object(instance), 'InstanceId'));
  addMember(group, instanceId, { launchedBy: group.source, context });
  const propagated = [...group.tags].filter(([, { propagateAtLaunch }]) => propagateAtLaunch);
  putTags(
    context.state.ec2,
    instanceId,
    propagated.map(([Key, { value }]) => ({ Key, Value: value })),
  );
  return instanceId;
}

/** Makes a running instance a member in service. */
export function addMember(
  group: GroupRecord,
  instanceId: string,
  { launchedBy, context }: { launchedBy: MemberRecord['launchedBy']; context: MemoryContext },
): void {
  const instance = context.state.ec2.instances.get(instanceId);
  if (instance === undefined) return;
  group.members.set(instanceId, {
    instanceId,
    instanceType: instance.instanceType,
    availabilityZone: `${instance.region}${instance.zone}`,
    launchedBy,
    lifecycleState: 'InService',
    healthStatus: 'Healthy',
    protectedFromScaleIn: group.newInstancesProtectedFromScaleIn,
  });
  putTags(context.state.ec2, instanceId, [{ Key: GROUP_TAG, Value: group.name }]);
}

function launchRequest(group: GroupRecord, context: MemoryContext): JsonObject {
  const where = { MinCount: 1, MaxCount: 1, SubnetId: chooseSubnet(group, context) };
  const { source } = group;
  if (source.kind === 'template') {
    const data = templateData({ LaunchTemplateId: source.id, Version: source.version }, context);
    const interfaces: readonly unknown[] | undefined = Array.isArray(data.NetworkInterfaces)
      ? data.NetworkInterfaces
      : undefined;
    if (interfaces === undefined) return { ...data, ...where };
    // A launch takes its subnet from its interfaces, where it has any.
    const { SubnetId, ...counts } = where;
    return {
      ...data,
      ...counts,
      NetworkInterfaces: interfaces.map((each) => ({ SubnetId, ...Object(each) })),
    };
  }
  const configuration = requireLaunchConfiguration(source.name, context);
  const profile = configuration.iamInstanceProfile;
  return {
    ...where,
    ImageId: configuration.imageId,
    InstanceType: configuration.instanceType,
    EbsOptimized: configuration.ebsOptimized,
    Monitoring: { Enabled: configuration.monitoring },
    ...(configuration.keyName === undefined ? {} : { KeyName: configuration.keyName }),
    ...(configuration.userData === undefined ? {} : { UserData: configuration.userData }),
    ...(configuration.securityGroups.length > 0 ? { SecurityGroupIds: configuration.securityGroups } : {}),
    ...(profile === undefined
      ? {}
      : { IamInstanceProfile: profile.startsWith('arn:') ? { Arn: profile } : { Name: profile } }),
  };
}

function chooseSubnet(group: GroupRecord, { state, region }: MemoryContext): string {
  const { subnets } = state.ec2;
  const candidates =
    group.subnetIds.length > 0
      ? group.subnetIds.flatMap((id) => subnets.get(id) ?? [])
      : [...subnets.values()].filter(
          ({ isDefault, zone }) => isDefault && group.availabilityZones.includes(region + zone),
        );
  const members = [...group.members.values()];
  const count = (zone: string) =>
    members.filter(({ availabilityZone }) => availabilityZone === region + zone).length;
  const [chosen] = candidates.sort((a, b) => count(a.zone) - count(b.zone));
  if (chosen) return chosen.subnetId;
  throw new AwsError('ValidationError', 'There is no subnet in the zones of the Auto Scaling group.');
}
