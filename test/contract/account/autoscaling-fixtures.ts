import type { JsonObject } from '../../../local/service.ts';
import { at, type Contract, listAt, textAt, unique } from './contract.ts';

export async function newConfiguration({ autoscaling }: Contract): Promise<string> {
  const LaunchConfigurationName = unique('configuration');
  await autoscaling('CreateLaunchConfiguration', {
    LaunchConfigurationName,
    ImageId: 'ami-12c6146b',
    InstanceType: 't3.micro',
  });
  return LaunchConfigurationName;
}

/** A new group of up to four instances, in us-east-1a. */
export async function newGroupOf(contract: Contract, size: number, input: JsonObject = {}): Promise<string> {
  const AutoScalingGroupName = unique('asg');
  await contract.autoscaling('CreateAutoScalingGroup', {
    AutoScalingGroupName,
    LaunchConfigurationName: await newConfiguration(contract),
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: size,
    AvailabilityZones: ['us-east-1a'],
    ...input,
  });
  return AutoScalingGroupName;
}

/** The group, as DescribeAutoScalingGroups shows it. */
export async function describeGroupOf({ autoscaling }: Contract, name: string): Promise<unknown> {
  const found = await autoscaling('DescribeAutoScalingGroups', { AutoScalingGroupNames: [name] });
  return at(found, 'AutoScalingGroups', 0);
}

export async function membersOf(contract: Contract, name: string): Promise<string[]> {
  const members = listAt(await describeGroupOf(contract, name), 'Instances');
  return members.map((member) => textAt(member, 'InstanceId'));
}

/** The one member of a group of one. */
export async function onlyMember(contract: Contract, name: string): Promise<string> {
  const [member, ...others] = await membersOf(contract, name);
  if (member === undefined || others.length > 0) throw new Error(`not one member, but ${others.length + 1}`);
  return member;
}

export async function lifecycleOf({ autoscaling }: Contract, instanceId: string): Promise<unknown> {
  const found = await autoscaling('DescribeAutoScalingInstances', { InstanceIds: [instanceId] });
  return at(found, 'AutoScalingInstances', 0, 'LifecycleState');
}
