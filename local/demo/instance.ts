import type { World } from './world.ts';

/** An instance that a scenario cuts off and gives back. */
export interface DemoInstance {
  readonly instanceId: string;
  readonly arn: string;
  /** Everything about it and its surroundings that a release must bring back, in a form that can be compared. */
  snapshot(): Promise<string>;
}

const NAME = 'demo-web-server';

/** Launches an instance with a security group, a second network interface and an instance profile. */
export async function launchInstance(world: World): Promise<DemoInstance> {
  const groupId = await world.openGroup(NAME);
  await world.call('iam', 'CreateRole', {
    RoleName: NAME,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  });
  await world.call('iam', 'CreateInstanceProfile', { InstanceProfileName: NAME });
  await world.call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName: NAME, RoleName: NAME });
  const { Images } = await world.call('ec2', 'DescribeImages');
  const { Subnets } = await world.call('ec2', 'DescribeSubnets');
  const SubnetId: string = Subnets[0].SubnetId;
  const { Instances } = await world.call('ec2', 'RunInstances', {
    ImageId: Images?.[0]?.ImageId ?? 'ami-0123456789abcdef0',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    IamInstanceProfile: { Name: NAME },
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId, Groups: [groupId] },
      { DeviceIndex: 1, SubnetId },
    ],
  });
  const { InstanceId, OwnerId } = {
    InstanceId: Instances[0].InstanceId as string,
    OwnerId: Instances[0].NetworkInterfaces[0].OwnerId as string,
  };
  return {
    instanceId: InstanceId,
    arn: `arn:aws:ec2:us-east-1:${OwnerId}:instance/${InstanceId}`,
    snapshot: () => snapshot(world, InstanceId),
  };
}

async function snapshot(world: World, InstanceId: string): Promise<string> {
  const { Reservations } = await world.call('ec2', 'DescribeInstances', { InstanceIds: [InstanceId] });
  const { SecurityGroups } = await world.call('ec2', 'DescribeSecurityGroups');
  const { NetworkInterfaces } = await world.call('ec2', 'DescribeNetworkInterfaces');
  const [instance] = Reservations[0].Instances;
  return JSON.stringify(
    {
      state: instance.State.Name,
      profile: instance.IamInstanceProfile?.Arn,
      tags: instance.Tags ?? [],
      interfaces: NetworkInterfaces.map((each: Record<string, unknown>) => [
        each.NetworkInterfaceId,
        each.Groups,
        each.TagSet,
      ]),
      groups: SecurityGroups.map((each: Record<string, unknown>) => [
        each.GroupId,
        each.IpPermissions,
        each.IpPermissionsEgress,
        each.Tags,
      ]),
    },
    undefined,
    1,
  );
}
