import { expect } from 'vitest';
import {
  at,
  type Contract,
  defaultVpc,
  describeGroup,
  listAt,
  newGroup,
  newInstance,
  newVpc,
  refuses,
  ssh,
  textAt,
  unique,
} from './contract.ts';

const NO_GROUP = 'sg-0fedcba9876543210';

export function securityGroups(contract: Contract): void {
  const { ec2, test } = contract;

  test('CreateSecurityGroup makes a group in the default VPC that lets all traffic out', async () => {
    const name = unique('web');
    const created = await ec2('CreateSecurityGroup', {
      GroupName: name,
      Description: 'web servers',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'env', Value: 'test' }] }],
    });
    const groupId = textAt(created, 'GroupId');
    expect(groupId).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(await describeGroup(contract, groupId)).toMatchObject({
      GroupId: groupId,
      GroupName: name,
      Description: 'web servers',
      VpcId: await defaultVpc(contract),
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [] }],
      Tags: [{ Key: 'env', Value: 'test' }],
    });
  });

  test('CreateSecurityGroup answers with the ARN and the tags', async () => {
    const created = await ec2('CreateSecurityGroup', {
      GroupName: unique('web'),
      Description: 'web servers',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'env', Value: 'test' }] }],
    });
    expect(created).toMatchObject({ Tags: [{ Key: 'env', Value: 'test' }] });
    expect(textAt(created, 'SecurityGroupArn')).toMatch(
      new RegExp(`^arn:aws:ec2:us-east-1:\\d{12}:security-group/${textAt(created, 'GroupId')}$`),
    );
  });

  test('CreateSecurityGroup refuses a name twice in a VPC, but not in two', async () => {
    const name = unique('twice');
    await newGroup(contract, { GroupName: name });
    await refuses(newGroup(contract, { GroupName: name }), 'InvalidGroup.Duplicate');
    const elsewhere = await newGroup(contract, { GroupName: name, VpcId: await newVpc(contract) });
    expect(elsewhere).toMatch(/^sg-/);
  });

  test('CreateSecurityGroup refuses a name like an ID', async () => {
    await refuses(newGroup(contract, { GroupName: 'sg-mine' }), 'InvalidParameterValue');
  });

  test('CreateSecurityGroup refuses the name default', async () => {
    await refuses(newGroup(contract, { GroupName: 'default' }), 'InvalidParameterValue');
  });

  test('CreateSecurityGroup refuses a VPC that does not exist', async () => {
    await refuses(newGroup(contract, { VpcId: 'vpc-0fedcba9876543210' }), 'InvalidVpcID.NotFound');
  });

  test('CreateSecurityGroup needs a name', async () => {
    await refuses(ec2('CreateSecurityGroup', { Description: 'nameless' }), 'MissingParameter');
  });

  test('CreateSecurityGroup refuses characters that EC2 does not allow in a description', async () => {
    await refuses(newGroup(contract, { Description: '<web>' }), 'InvalidParameterValue');
  });

  test('DryRun=true does nothing and says that it would have', async () => {
    const name = unique('dry');
    await refuses(newGroup(contract, { GroupName: name, DryRun: true }), 'DryRunOperation');
    const found = await ec2('DescribeSecurityGroups', { Filters: [{ Name: 'group-name', Values: [name] }] });
    expect(found.SecurityGroups).toEqual([]);
  });

  test('DescribeSecurityGroups finds groups by name in the default VPC', async () => {
    const name = unique('named');
    const groupId = await newGroup(contract, { GroupName: name });
    const found = await ec2('DescribeSecurityGroups', { GroupNames: [name] });
    expect(found).toMatchObject({ SecurityGroups: [{ GroupId: groupId }] });
    await refuses(ec2('DescribeSecurityGroups', { GroupNames: [unique('none')] }), 'InvalidGroup.NotFound');
  });

  test('DescribeSecurityGroups refuses an ID that names nothing', async () => {
    await refuses(ec2('DescribeSecurityGroups', { GroupIds: [NO_GROUP] }), 'InvalidGroup.NotFound');
  });

  test('DescribeSecurityGroups refuses what is no ID', async () => {
    await refuses(ec2('DescribeSecurityGroups', { GroupIds: ['web'] }), 'InvalidGroupId.Malformed');
  });

  test('DescribeSecurityGroups filters by what rules say, by tags, and with wildcards', async () => {
    const vpcId = await newVpc(contract);
    const name = unique('filtered');
    const groupId = await newGroup(contract, {
      VpcId: vpcId,
      GroupName: name,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'team', Value: 'blue' }] }],
    });
    await newGroup(contract, { VpcId: vpcId });
    await ec2('AuthorizeSecurityGroupIngress', { GroupId: groupId, IpPermissions: [ssh('198.51.100.0/24')] });
    const find = async (...filters: readonly [string, string][]) => {
      const all = [['vpc-id', vpcId] as const, ...filters];
      const Filters = all.map(([Name, value]) => ({ Name, Values: [value] }));
      const found = await ec2('DescribeSecurityGroups', { Filters });
      return listAt(found, 'SecurityGroups').map((group) => at(group, 'GroupId'));
    };
    expect(await find(['ip-permission.cidr', '198.51.100.0/24'])).toEqual([groupId]);
    expect(await find(['ip-permission.from-port', '22'], ['ip-permission.protocol', 'tcp'])).toEqual([
      groupId,
    ]);
    expect(await find(['ip-permission.cidr', '203.0.113.0/24'])).toEqual([]);
    expect(await find(['tag:team', 'blue'])).toEqual([groupId]);
    expect(await find(['tag-key', 'team'])).toEqual([groupId]);
    expect(await find(['tag:team', 'red'])).toEqual([]);
    expect(await find(['group-name', `${name.slice(0, -2)}*`])).toEqual([groupId]);
    expect(await find()).toHaveLength(3);
  });

  test('DescribeSecurityGroups refuses a filter that does not exist', async () => {
    const Filters = [{ Name: 'colour', Values: ['blue'] }];
    await refuses(ec2('DescribeSecurityGroups', { Filters }), 'InvalidParameterValue');
  });

  test('DescribeSecurityGroups gives pages', async () => {
    const vpcId = await newVpc(contract);
    for (let made = 0; made < 6; made++) await newGroup(contract, { VpcId: vpcId });
    const query = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }], MaxResults: 5 };
    const first = await ec2('DescribeSecurityGroups', query);
    expect(first.SecurityGroups).toHaveLength(5);
    const second = await ec2('DescribeSecurityGroups', { ...query, NextToken: first.NextToken });
    expect(second.SecurityGroups).toHaveLength(2);
    expect(second.NextToken).toBeUndefined();
  });

  test('DeleteSecurityGroup removes a group', async () => {
    const groupId = await newGroup(contract);
    await ec2('DeleteSecurityGroup', { GroupId: groupId });
    await refuses(ec2('DescribeSecurityGroups', { GroupIds: [groupId] }), 'InvalidGroup.NotFound');
    await refuses(ec2('DeleteSecurityGroup', { GroupId: groupId }), 'InvalidGroup.NotFound');
  });

  test('DeleteSecurityGroup needs to know which', async () => {
    await refuses(ec2('DeleteSecurityGroup', {}), 'MissingParameter');
  });

  test('DeleteSecurityGroup refuses a group that an instance has', async () => {
    const groupId = await newGroup(contract);
    const instanceId = await newInstance(contract, { SecurityGroupIds: [groupId] });
    await refuses(ec2('DeleteSecurityGroup', { GroupId: groupId }), 'DependencyViolation');
    await ec2('TerminateInstances', { InstanceIds: [instanceId] });
    await ec2('DeleteSecurityGroup', { GroupId: groupId });
  });

  test('DeleteSecurityGroup refuses a group that another group names', async () => {
    const groupId = await newGroup(contract);
    const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: groupId }] }];
    await ec2('AuthorizeSecurityGroupIngress', { GroupId: await newGroup(contract), IpPermissions });
    await refuses(ec2('DeleteSecurityGroup', { GroupId: groupId }), 'DependencyViolation');
  });

  test('DeleteSecurityGroup refuses the group default', async () => {
    const Filters = [{ Name: 'vpc-id', Values: [await newVpc(contract)] }];
    const found = await ec2('DescribeSecurityGroups', { Filters });
    const GroupId = textAt(found, 'SecurityGroups', 0, 'GroupId');
    await refuses(ec2('DeleteSecurityGroup', { GroupId }), 'CannotDelete');
  });

  test('An operation that EC2 does not have is refused', async () => {
    await refuses(ec2('PaintSecurityGroup', {}), 'InvalidAction');
  });
}
