import { expect } from 'vitest';
import {
  describeGroupOf,
  membersOf,
  newConfiguration,
  newGroupOf,
  onlyMember,
} from './autoscaling-fixtures.ts';
import {
  at,
  type Contract,
  describeInstance,
  listAt,
  newInstance,
  refuses,
  textAt,
  unique,
} from './contract.ts';

export function autoScalingGroups(contract: Contract): void {
  const { autoscaling, ec2, test } = contract;

  test('CreateAutoScalingGroup launches what is desired', async () => {
    const name = await newGroupOf(contract, 2, {
      Tags: [{ Key: 'team', Value: 'blue', PropagateAtLaunch: true }],
    });
    const group = await describeGroupOf(contract, name);
    expect(group).toMatchObject({
      AutoScalingGroupName: name,
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 2,
      AvailabilityZones: ['us-east-1a'],
      HealthCheckType: 'EC2',
      Tags: [{ Key: 'team', Value: 'blue', ResourceId: name, PropagateAtLaunch: true }],
    });
    expect(textAt(group, 'AutoScalingGroupARN')).toContain(`autoScalingGroupName/${name}`);
    const members = listAt(group, 'Instances');
    expect(members).toHaveLength(2);
    expect(members[0]).toMatchObject({ LifecycleState: 'InService', AvailabilityZone: 'us-east-1a' });
    const instance = await describeInstance(contract, textAt(members[0], 'InstanceId'));
    expect(instance).toMatchObject({ ImageId: 'ami-12c6146b', State: { Name: 'running' } });
    const tags = listAt(instance, 'Tags');
    expect(tags).toContainEqual({ Key: 'aws:autoscaling:groupName', Value: name });
    expect(tags).toContainEqual({ Key: 'team', Value: 'blue' });
  });

  test('CreateAutoScalingGroup launches from a template', async () => {
    const LaunchTemplateName = unique('template');
    await ec2('CreateLaunchTemplate', {
      LaunchTemplateName,
      LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 't3.large' },
    });
    const AutoScalingGroupName = unique('asg');
    await autoscaling('CreateAutoScalingGroup', {
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName, Version: '$Latest' },
      MinSize: 1,
      MaxSize: 1,
      AvailabilityZones: ['us-east-1b'],
    });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({
      LaunchTemplate: { LaunchTemplateName },
      Instances: [{ InstanceType: 't3.large', LaunchTemplate: { LaunchTemplateName } }],
    });
  });

  test('CreateAutoScalingGroup refuses a name twice', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 0);
    await refuses(newGroupOf(contract, 0, { AutoScalingGroupName }), 'AlreadyExists');
  });

  test('CreateAutoScalingGroup refuses to be without zones', async () => {
    await refuses(newGroupOf(contract, 0, { AvailabilityZones: undefined }), 'ValidationError');
  });

  test('CreateAutoScalingGroup refuses sizes that contradict each other', async () => {
    await refuses(newGroupOf(contract, 5), 'ValidationError');
    await refuses(newGroupOf(contract, 1, { MinSize: 3, MaxSize: 2 }), 'ValidationError');
  });

  test('CreateAutoScalingGroup refuses a launch configuration that does not exist', async () => {
    await refuses(newGroupOf(contract, 0, { LaunchConfigurationName: unique('none') }), 'ValidationError');
  });

  test('A group that does not exist is left out', async () => {
    const AutoScalingGroupName = unique('none');
    const found = await autoscaling('DescribeAutoScalingGroups', {
      AutoScalingGroupNames: [AutoScalingGroupName],
    });
    expect(listAt(found, 'AutoScalingGroups')).toEqual([]);
  });

  test('Changes to a group that does not exist are refused', async () => {
    const AutoScalingGroupName = unique('none');
    await refuses(autoscaling('UpdateAutoScalingGroup', { AutoScalingGroupName }), 'ValidationError');
    await refuses(
      autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity: 1 }),
      'ValidationError',
    );
  });

  test('SetDesiredCapacity launches and terminates', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const [first] = await membersOf(contract, AutoScalingGroupName);
    await autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity: 3 });
    expect(await membersOf(contract, AutoScalingGroupName)).toHaveLength(3);
    await autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity: 0 });
    expect(await membersOf(contract, AutoScalingGroupName)).toEqual([]);
    expect(await describeInstance(contract, first ?? '')).toMatchObject({ State: { Name: 'terminated' } });
  });

  test('SetDesiredCapacity stays within the sizes', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1, { MinSize: 1 });
    for (const DesiredCapacity of [0, 5]) {
      const call = autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity });
      await refuses(call, 'ValidationError');
    }
  });

  test('UpdateAutoScalingGroup changes sizes, and moves what is desired between them', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    await autoscaling('UpdateAutoScalingGroup', { AutoScalingGroupName, MinSize: 2 });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({
      MinSize: 2,
      DesiredCapacity: 2,
    });
    expect(await membersOf(contract, AutoScalingGroupName)).toHaveLength(2);
    await autoscaling('UpdateAutoScalingGroup', {
      AutoScalingGroupName,
      MinSize: 0,
      DefaultCooldown: 60,
      HealthCheckGracePeriod: 30,
    });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 2,
      DefaultCooldown: 60,
      HealthCheckGracePeriod: 30,
    });
  });

  test('DeleteAutoScalingGroup refuses a group with instances, unless it is forced', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const member = await onlyMember(contract, AutoScalingGroupName);
    await refuses(autoscaling('DeleteAutoScalingGroup', { AutoScalingGroupName }), 'ResourceInUse');
    await autoscaling('DeleteAutoScalingGroup', { AutoScalingGroupName, ForceDelete: true });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toBeUndefined();
    expect(await describeInstance(contract, member)).toMatchObject({ State: { Name: 'terminated' } });
  });

  test('Tags of a group are put, found and deleted', async () => {
    const name = await newGroupOf(contract, 0);
    const tag = { ResourceId: name, ResourceType: 'auto-scaling-group', Key: 'a', PropagateAtLaunch: false };
    await autoscaling('CreateOrUpdateTags', { Tags: [{ ...tag, Value: '1' }] });
    await autoscaling('CreateOrUpdateTags', { Tags: [{ ...tag, Value: '2' }] });
    const Filters = [{ Name: 'auto-scaling-group', Values: [name] }];
    expect((await autoscaling('DescribeTags', { Filters })).Tags).toEqual([{ ...tag, Value: '2' }]);
    await autoscaling('DeleteTags', { Tags: [{ ...tag, Value: '2' }] });
    expect((await autoscaling('DescribeTags', { Filters })).Tags).toEqual([]);
  });

  test('Groups are found by tag', async () => {
    const Key = unique('key');
    const name = await newGroupOf(contract, 0, { Tags: [{ Key, Value: 'v', PropagateAtLaunch: false }] });
    const find = async (value: string) => {
      const Filters = [{ Name: `tag:${Key}`, Values: [value] }];
      const found = await autoscaling('DescribeAutoScalingGroups', { Filters });
      return listAt(found, 'AutoScalingGroups').map((group) => at(group, 'AutoScalingGroupName'));
    };
    expect(await find('v')).toEqual([name]);
    expect(await find('w')).toEqual([]);
  });

  test('Launch configurations are made once, shown, and deleted when nothing uses them', async () => {
    const LaunchConfigurationName = await newConfiguration(contract);
    const found = await autoscaling('DescribeLaunchConfigurations', {
      LaunchConfigurationNames: [LaunchConfigurationName],
    });
    expect(found).toMatchObject({
      LaunchConfigurations: [{ LaunchConfigurationName, ImageId: 'ami-12c6146b', InstanceType: 't3.micro' }],
    });
    await newGroupOf(contract, 0, { LaunchConfigurationName });
    await refuses(autoscaling('DeleteLaunchConfiguration', { LaunchConfigurationName }), 'ResourceInUse');
    const other = { LaunchConfigurationName: await newConfiguration(contract) };
    await autoscaling('DeleteLaunchConfiguration', other);
    await refuses(autoscaling('DeleteLaunchConfiguration', other), 'ValidationError');
  });

  test('CreateLaunchConfiguration refuses a name twice', async () => {
    const call = autoscaling('CreateLaunchConfiguration', {
      LaunchConfigurationName: await newConfiguration(contract),
      ImageId: 'ami-12c6146b',
      InstanceType: 't3.micro',
    });
    await refuses(call, 'AlreadyExists');
  });

  test('An instance outside of every group is shown by none', async () => {
    const InstanceIds = [await newInstance(contract)];
    const found = await autoscaling('DescribeAutoScalingInstances', { InstanceIds });
    expect(listAt(found, 'AutoScalingInstances')).toEqual([]);
  });
}
