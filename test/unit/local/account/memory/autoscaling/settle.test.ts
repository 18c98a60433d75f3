import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../local/service.ts';
import { accountFixture } from '../../account.fixture.ts';

interface Member {
  readonly InstanceId: string;
  readonly AvailabilityZone: string;
}

async function fixture(input: JsonObject = {}) {
  const { account, ec2, clock } = accountFixture();
  const autoscaling = (operation: string, body: JsonObject = {}) =>
    account.call({ service: 'autoscaling', operation, input: body, region: 'us-east-1' });
  const AutoScalingGroupName = 'web';
  const LaunchConfigurationName = 'like-this';
  const ImageId = 'ami-0a1b2c3d4e5f67890';
  await autoscaling('CreateLaunchConfiguration', {
    LaunchConfigurationName,
    ImageId,
    InstanceType: 't3.nano',
  });
  await autoscaling('CreateAutoScalingGroup', {
    AutoScalingGroupName,
    LaunchConfigurationName,
    MinSize: 0,
    MaxSize: 9,
    AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    ...input,
  });
  const members = async () => {
    const { AutoScalingGroups } = await autoscaling('DescribeAutoScalingGroups');
    return (AutoScalingGroups as { Instances: Member[] }[])[0]?.Instances ?? [];
  };
  const resize = (DesiredCapacity: number) =>
    autoscaling('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity });
  return { autoscaling, ec2, clock, members, resize, AutoScalingGroupName };
}

const zones = (members: readonly Member[]) => members.map((each) => each.AvailabilityZone.slice(-1)).sort();

describe('a group', () => {
  it('spreads over its zones, growing and shrinking', async () => {
    const { members, resize } = await fixture({ DesiredCapacity: 4 });
    expect(zones(await members())).toEqual(['a', 'a', 'b', 'c']);
    await resize(3);
    expect(zones(await members())).toEqual(['a', 'b', 'c']);
    await resize(1);
    expect(await members()).toHaveLength(1);
  });

  it('gives up its oldest instance first', async () => {
    const { members, resize, clock } = await fixture({
      DesiredCapacity: 1,
      AvailabilityZones: ['us-east-1a'],
    });
    const [oldest] = await members();
    clock.advance(60_000);
    await resize(2);
    await resize(1);
    expect((await members()).map(({ InstanceId }) => InstanceId)).not.toContain(oldest?.InstanceId);
  });

  it('terminates instances that are guarded against people', async () => {
    const { ec2, members, resize } = await fixture({ DesiredCapacity: 1 });
    const [member] = await members();
    const InstanceId = member?.InstanceId ?? '';
    await ec2('ModifyInstanceAttribute', { InstanceId, DisableApiTermination: { Value: true } });
    await resize(0);
    expect(await ec2('DescribeInstances', { InstanceIds: [InstanceId] })).toMatchObject({
      Reservations: [{ Instances: [{ State: { Name: 'terminated' } }] }],
    });
  });

  it('replaces an instance that was found unhealthy', async () => {
    const { autoscaling, members } = await fixture({ DesiredCapacity: 1 });
    const [member] = await members();
    await autoscaling('SetInstanceHealth', { InstanceId: member?.InstanceId, HealthStatus: 'Unhealthy' });
    const [replacement, ...others] = await members();
    expect(others).toEqual([]);
    expect(replacement?.InstanceId).not.toBe(member?.InstanceId);
  });

  it('leaves stopped instances alone while health checks are suspended', async () => {
    const { autoscaling, ec2, members, AutoScalingGroupName } = await fixture({ DesiredCapacity: 1 });
    const before = await members();
    await autoscaling('SuspendProcesses', { AutoScalingGroupName, ScalingProcesses: ['ReplaceUnhealthy'] });
    await ec2('StopInstances', { InstanceIds: before.map(({ InstanceId }) => InstanceId) });
    expect(await members()).toEqual(before);
  });
});

describe('a launch that fails', () => {
  it('is told as an activity, once, and tried again', async () => {
    const { autoscaling, ec2, members, resize, AutoScalingGroupName } = await fixture();
    const { ImageId } = await ec2('CreateImage', {
      InstanceId: await launch(ec2),
      Name: 'gone-soon',
    });
    await autoscaling('CreateLaunchConfiguration', {
      LaunchConfigurationName: 'of-my-own',
      ImageId,
      InstanceType: 't3.nano',
    });
    const use = (LaunchConfigurationName: string) =>
      autoscaling('UpdateAutoScalingGroup', { AutoScalingGroupName, LaunchConfigurationName });
    await use('of-my-own');
    await ec2('DeregisterImage', { ImageId });
    await resize(1);
    expect(await members()).toEqual([]);
    const { Activities } = await autoscaling('DescribeScalingActivities', { AutoScalingGroupName });
    expect(Activities).toEqual([
      expect.objectContaining({
        StatusCode: 'Failed',
        StatusMessage: expect.stringContaining('is no longer available'),
      }),
    ]);
    await use('like-this');
    expect(await members()).toHaveLength(1);
  });
});

async function launch(ec2: (operation: string, input: JsonObject) => Promise<JsonObject>): Promise<string> {
  const made = await ec2('RunInstances', { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 });
  return (made.Instances as { InstanceId: string }[])[0]?.InstanceId ?? '';
}
