import { expect } from 'vitest';
import { describeGroupOf, lifecycleOf, membersOf, newGroupOf, onlyMember } from './autoscaling-fixtures.ts';
import { at, type Contract, describeInstance, listAt, newInstance, refuses } from './contract.ts';

const NO_INSTANCE = 'i-0fedcba9876543210';

export function autoScalingInstances(contract: Contract): void {
  const { autoscaling, ec2, test } = contract;
  const launchInZone = (zone = 'us-east-1a') =>
    newInstance(contract, { Placement: { AvailabilityZone: zone } });

  test('EnterStandby takes an instance out of service, ExitStandby puts it back', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 2);
    const before = await describeGroupOf(contract, AutoScalingGroupName);
    const [instanceId = '', other = ''] = await membersOf(contract, AutoScalingGroupName);
    const moved = await autoscaling('EnterStandby', {
      AutoScalingGroupName,
      InstanceIds: [instanceId],
      ShouldDecrementDesiredCapacity: true,
    });
    expect(moved).toMatchObject({ Activities: [{ AutoScalingGroupName }] });
    expect(await lifecycleOf(contract, instanceId)).toBe('Standby');
    expect(await lifecycleOf(contract, other)).toBe('InService');
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({ DesiredCapacity: 1 });
    await autoscaling('ExitStandby', { AutoScalingGroupName, InstanceIds: [instanceId] });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toEqual(before);
  });

  test('EnterStandby without a decrement has another instance launched', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const instanceId = await onlyMember(contract, AutoScalingGroupName);
    await autoscaling('EnterStandby', {
      AutoScalingGroupName,
      InstanceIds: [instanceId],
      ShouldDecrementDesiredCapacity: false,
    });
    expect(await membersOf(contract, AutoScalingGroupName)).toHaveLength(2);
    expect(await lifecycleOf(contract, instanceId)).toBe('Standby');
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({ DesiredCapacity: 1 });
  });

  test('EnterStandby refuses to go below the minimum size', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1, { MinSize: 1 });
    const instanceId = await onlyMember(contract, AutoScalingGroupName);
    const enter = () =>
      autoscaling('EnterStandby', {
        AutoScalingGroupName,
        InstanceIds: [instanceId],
        ShouldDecrementDesiredCapacity: true,
      });
    await refuses(enter(), 'ValidationError');
    expect(await lifecycleOf(contract, instanceId)).toBe('InService');
    await autoscaling('UpdateAutoScalingGroup', { AutoScalingGroupName, MinSize: 0 });
    await enter();
    expect(await lifecycleOf(contract, instanceId)).toBe('Standby');
  });

  test('Standby is refused for strangers and for those who are there already', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const InstanceIds = [await onlyMember(contract, AutoScalingGroupName)];
    const enter = (ids: readonly string[]) =>
      autoscaling('EnterStandby', {
        AutoScalingGroupName,
        InstanceIds: ids,
        ShouldDecrementDesiredCapacity: true,
      });
    await refuses(enter([NO_INSTANCE]), 'ValidationError');
    await refuses(autoscaling('ExitStandby', { AutoScalingGroupName, InstanceIds }), 'ValidationError');
    await enter(InstanceIds);
    await refuses(enter(InstanceIds), 'ValidationError');
  });

  test('A running instance is attached, and detached again', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 0, { AvailabilityZones: ['us-east-1a'] });
    const instanceId = await launchInZone();
    await autoscaling('AttachInstances', { AutoScalingGroupName, InstanceIds: [instanceId] });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({
      DesiredCapacity: 1,
      Instances: [{ InstanceId: instanceId, LifecycleState: 'InService', HealthStatus: 'Healthy' }],
    });
    await autoscaling('DetachInstances', {
      AutoScalingGroupName,
      InstanceIds: [instanceId],
      ShouldDecrementDesiredCapacity: true,
    });
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({
      DesiredCapacity: 0,
      Instances: [],
    });
    const instance = await describeInstance(contract, instanceId);
    expect(instance).toMatchObject({ State: { Name: 'running' } });
    expect(at(instance, 'Tags') ?? []).toEqual([]);
  });

  test('AttachInstances refuses what cannot be a member', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1, { MaxSize: 1 });
    const attach = (id: string) =>
      autoscaling('AttachInstances', { AutoScalingGroupName, InstanceIds: [id] });
    await refuses(attach(NO_INSTANCE), 'ValidationError');
    await refuses(attach(await onlyMember(contract, AutoScalingGroupName)), 'ValidationError');
    await refuses(attach(await launchInZone()), 'ValidationError');
    expect(await membersOf(contract, AutoScalingGroupName)).toHaveLength(1);
  });

  test('DetachInstances without a decrement has another instance launched', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const instanceId = await onlyMember(contract, AutoScalingGroupName);
    await autoscaling('DetachInstances', {
      AutoScalingGroupName,
      InstanceIds: [instanceId],
      ShouldDecrementDesiredCapacity: false,
    });
    expect(await onlyMember(contract, AutoScalingGroupName)).not.toBe(instanceId);
  });

  test('DetachInstances refuses to go below the minimum size', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1, { MinSize: 1 });
    const call = autoscaling('DetachInstances', {
      AutoScalingGroupName,
      InstanceIds: [await onlyMember(contract, AutoScalingGroupName)],
      ShouldDecrementDesiredCapacity: true,
    });
    await refuses(call, 'ValidationError');
  });

  test('A member that is terminated is replaced', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const instanceId = await onlyMember(contract, AutoScalingGroupName);
    await ec2('TerminateInstances', { InstanceIds: [instanceId] });
    expect(await onlyMember(contract, AutoScalingGroupName)).not.toBe(instanceId);
  });

  test('A member that is stopped is replaced, unless it is in standby', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 2);
    const [standby = '', active = ''] = await membersOf(contract, AutoScalingGroupName);
    await autoscaling('EnterStandby', {
      AutoScalingGroupName,
      InstanceIds: [standby],
      ShouldDecrementDesiredCapacity: true,
    });
    await ec2('StopInstances', { InstanceIds: [standby, active] });
    const members = await membersOf(contract, AutoScalingGroupName);
    expect(members).toHaveLength(2);
    expect(members).toContain(standby);
    expect(members).not.toContain(active);
    expect(await describeInstance(contract, active)).toMatchObject({ State: { Name: 'terminated' } });
  });

  test('TerminateInstanceInAutoScalingGroup terminates, and replaces or decrements', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const first = await onlyMember(contract, AutoScalingGroupName);
    const terminate = (InstanceId: string, ShouldDecrementDesiredCapacity: boolean) =>
      autoscaling('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity });
    expect(await terminate(first, false)).toMatchObject({ Activity: { AutoScalingGroupName } });
    const second = await onlyMember(contract, AutoScalingGroupName);
    expect(second).not.toBe(first);
    await terminate(second, true);
    expect(await describeGroupOf(contract, AutoScalingGroupName)).toMatchObject({
      DesiredCapacity: 0,
      Instances: [],
    });
    expect(await describeInstance(contract, second)).toMatchObject({ State: { Name: 'terminated' } });
  });

  test('TerminateInstanceInAutoScalingGroup refuses strangers', async () => {
    const call = autoscaling('TerminateInstanceInAutoScalingGroup', {
      InstanceId: await newInstance(contract),
      ShouldDecrementDesiredCapacity: false,
    });
    await refuses(call, 'ValidationError');
  });

  test('A member protected from scaling in stays', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 2);
    const [kept = ''] = await membersOf(contract, AutoScalingGroupName);
    await autoscaling('SetInstanceProtection', {
      AutoScalingGroupName,
      InstanceIds: [kept],
      ProtectedFromScaleIn: true,
    });
    await autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity: 0 });
    expect(await membersOf(contract, AutoScalingGroupName)).toEqual([kept]);
  });

  test('Processes are suspended and resumed', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const processes = async () =>
      listAt(await describeGroupOf(contract, AutoScalingGroupName), 'SuspendedProcesses').length;
    await autoscaling('SuspendProcesses', {
      AutoScalingGroupName,
      ScalingProcesses: ['Launch', 'Terminate'],
    });
    expect(await processes()).toBe(2);
    await autoscaling('ResumeProcesses', { AutoScalingGroupName, ScalingProcesses: ['Terminate'] });
    expect(await processes()).toBe(1);
    await autoscaling('SuspendProcesses', { AutoScalingGroupName });
    expect(await processes()).toBe(9);
    await autoscaling('ResumeProcesses', { AutoScalingGroupName });
    expect(await processes()).toBe(0);
  });

  test('Nothing is launched while launching is suspended', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    await autoscaling('SuspendProcesses', { AutoScalingGroupName, ScalingProcesses: ['Launch'] });
    await autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity: 2 });
    expect(await membersOf(contract, AutoScalingGroupName)).toHaveLength(1);
    await autoscaling('ResumeProcesses', { AutoScalingGroupName, ScalingProcesses: ['Launch'] });
    expect(await membersOf(contract, AutoScalingGroupName)).toHaveLength(2);
  });

  test('SuspendProcesses refuses a process that does not exist', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 0);
    const call = autoscaling('SuspendProcesses', { AutoScalingGroupName, ScalingProcesses: ['Dance'] });
    await refuses(call, 'ValidationError');
  });

  test('DescribeScalingActivities tells what was done, the newest first', async () => {
    const AutoScalingGroupName = await newGroupOf(contract, 1);
    const instanceId = await onlyMember(contract, AutoScalingGroupName);
    await autoscaling('EnterStandby', {
      AutoScalingGroupName,
      InstanceIds: [instanceId],
      ShouldDecrementDesiredCapacity: true,
    });
    expect(await autoscaling('DescribeScalingActivities', { AutoScalingGroupName })).toMatchObject({
      Activities: [
        { Description: `Moving EC2 instance to Standby: ${instanceId}`, StatusCode: 'Successful' },
        { Description: `Launching a new EC2 instance: ${instanceId}` },
      ],
    });
  });
}
