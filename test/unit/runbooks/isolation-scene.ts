import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../local/service.ts';
import { isJsonObject } from '../../../local/ssm/tags/request.ts';
import type { RunbookStack } from './support.ts';

interface Place {
  readonly vpcId: string;
  readonly subnetId: string;
}

/** What isolation changes of an instance: groups of each interface, in order of their IDs, and tags. */
export interface IsolationState {
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly tags: readonly unknown[];
  readonly profiles: readonly string[];
}

/** Instances for isolation to act on, each with groups, interfaces and a profile of its own. */
export function createScene(call: RunbookStack['call']) {
  const ec2 = (operation: string, input: JsonObject = {}) => call('ec2', operation, input);
  const filter = (Name: string, ...Values: string[]) => ({ Name, Values });
  const name = () => `test-${randomUUID()}`;

  async function defaultPlace(): Promise<Place> {
    const { Subnets } = await ec2('DescribeSubnets', {
      Filters: [{ Name: 'default-for-az', Values: ['true'] }],
    });
    const [subnet] = listOf(Subnets);
    return { vpcId: textOf(subnet, 'VpcId'), subnetId: textOf(subnet, 'SubnetId') };
  }

  async function otherVpc(): Promise<Place> {
    const { Vpc } = await ec2('CreateVpc', { CidrBlock: '10.7.0.0/16' });
    const vpcId = textOf(Vpc, 'VpcId');
    const { Subnet } = await ec2('CreateSubnet', { VpcId: vpcId, CidrBlock: '10.7.1.0/24' });
    return { vpcId, subnetId: textOf(Subnet, 'SubnetId') };
  }

  async function newGroups(count: number, vpcId: string): Promise<string[]> {
    const made = Array.from({ length: count }, () =>
      ec2('CreateSecurityGroup', { GroupName: name(), Description: 'test', VpcId: vpcId }),
    );
    return (await Promise.all(made)).map((made) => textOf(made, 'GroupId'));
  }

  /** A profile, and the role that a profile needs before it can be associated. */
  async function newProfile(): Promise<string> {
    const InstanceProfileName = name();
    const RoleName = name();
    const { InstanceProfile } = await call('iam', 'CreateInstanceProfile', {
      InstanceProfileName,
      Path: '/a/path/',
    });
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    await call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
    await call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
    return textOf(InstanceProfile, 'Arn');
  }

  async function attachNewProfile(instance: string): Promise<string> {
    const Arn = await newProfile();
    await ec2('AssociateIamInstanceProfile', { InstanceId: instance, IamInstanceProfile: { Arn } });
    return Arn;
  }

  async function detachProfile(instance: string): Promise<void> {
    const { IamInstanceProfileAssociations } = await ec2('DescribeIamInstanceProfileAssociations', {
      Filters: [filter('instance-id', instance)],
    });
    for (const each of listOf(IamInstanceProfileAssociations)) {
      await ec2('DisassociateIamInstanceProfile', { AssociationId: each.AssociationId });
    }
  }

  /** An instance with an interface for each number of groups. */
  async function launch(wanted: {
    groups: readonly number[];
    profile?: boolean;
    place?: Place;
  }): Promise<string> {
    const { vpcId, subnetId } = wanted.place ?? (await defaultPlace());
    const { Instances } = await ec2('RunInstances', {
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      NetworkInterfaces: await Promise.all(
        wanted.groups.map(async (count, DeviceIndex) => ({
          DeviceIndex,
          SubnetId: subnetId,
          Groups: await newGroups(count, vpcId),
        })),
      ),
    });
    const instance = textOf(listOf(Instances)[0], 'InstanceId');
    if (wanted.profile) await attachNewProfile(instance);
    return instance;
  }

  /** Attaches an interface in another VPC. */
  async function attach(instance: string, { vpcId, subnetId }: Place): Promise<string> {
    const { NetworkInterface } = await ec2('CreateNetworkInterface', {
      SubnetId: subnetId,
      Groups: await newGroups(1, vpcId),
    });
    const NetworkInterfaceId = textOf(NetworkInterface, 'NetworkInterfaceId');
    await ec2('AttachNetworkInterface', { InstanceId: instance, NetworkInterfaceId, DeviceIndex: 1 });
    return NetworkInterfaceId;
  }

  async function stateOf(instance: string): Promise<IsolationState> {
    const { NetworkInterfaces } = await ec2('DescribeNetworkInterfaces', {
      Filters: [filter('attachment.instance-id', instance)],
    });
    const groups = listOf(NetworkInterfaces).map((each): [string, string[]] => [
      textOf(each, 'NetworkInterfaceId'),
      listOf(each.Groups)
        .map((group) => textOf(group, 'GroupId'))
        .sort(),
    ]);
    const { Tags } = await ec2('DescribeTags', {
      Filters: [filter('resource-id', instance, ...groups.map(([id]) => id))],
    });
    const { IamInstanceProfileAssociations } = await ec2('DescribeIamInstanceProfileAssociations', {
      Filters: [filter('instance-id', instance)],
    });
    return {
      groups: Object.fromEntries(groups),
      tags: listOf(Tags),
      profiles: listOf(IamInstanceProfileAssociations).map((each) => textOf(each.IamInstanceProfile, 'Arn')),
    };
  }

  async function isolatedGroupOf(vpcId: string): Promise<string> {
    const { SecurityGroups } = await ec2('DescribeSecurityGroups', {
      Filters: [filter('vpc-id', vpcId), filter('group-name', 'Isolated_SG')],
    });
    const groups = listOf(SecurityGroups);
    if (groups.length !== 1) throw new Error(`${vpcId} has ${groups.length} groups Isolated_SG`);
    return textOf(groups[0], 'GroupId');
  }

  async function isolatedGroup(): Promise<string> {
    return isolatedGroupOf((await defaultPlace()).vpcId);
  }

  async function rulesOf(group: string): Promise<unknown[]> {
    const { SecurityGroupRules } = await ec2('DescribeSecurityGroupRules', {
      Filters: [filter('group-id', group)],
    });
    return listOf(SecurityGroupRules);
  }

  async function open(group: string): Promise<void> {
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ];
    await ec2('AuthorizeSecurityGroupIngress', { GroupId: group, IpPermissions });
    await ec2('AuthorizeSecurityGroupEgress', { GroupId: group, IpPermissions });
  }

  return {
    launch,
    attach,
    otherVpc,
    stateOf,
    isolatedGroup,
    isolatedGroupOf,
    rulesOf,
    open,
    newProfile,
    attachNewProfile,
    detachProfile,
  };
}

export type Scene = ReturnType<typeof createScene>;

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown, key: string): string {
  if (!isJsonObject(value)) throw new Error(`there is no ${key} in ${JSON.stringify(value)}`);
  return String(value[key]);
}
