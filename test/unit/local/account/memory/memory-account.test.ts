import { describe, expect, it } from 'vitest';
import { ACCOUNT_ID, accountFixture } from '../account.fixture.ts';

const GROUP = 'sg-0a1b2c3d4e5f67890';
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

describe('call', () => {
  it('names service, operation and remedy where the account has no such service', async () => {
    const { account } = accountFixture();
    await expect(
      account.call({ service: 'rds', operation: 'CreateDBInstance', input: {}, region: 'us-east-1' }),
    ).rejects.toMatchObject({
      code: 'NotImplemented',
      statusCode: 501,
      message: expect.stringMatching(/rds:CreateDBInstance.*--account URL/),
    });
  });

  it.each(['CreateFleet', '__proto__', 'constructor', ''])('refuses the operation %j', async (operation) => {
    const { ec2 } = accountFixture();
    await expect(ec2(operation)).rejects.toMatchObject({
      code: 'InvalidAction',
      message: expect.stringContaining(`ec2:${operation}`),
    });
  });

  it('knows the Tagging API by the names that runbooks and SDKs use', async () => {
    const { account } = accountFixture();
    for (const service of ['tagging', 'resourcegroupstaggingapi', 'resource-groups-tagging-api']) {
      const found = await account.call({
        service,
        operation: 'GetResources',
        input: {},
        region: 'us-east-1',
      });
      expect(found).toEqual({ PaginationToken: '', ResourceTagMappingList: [] });
    }
  });

  it('refuses a parameter that it does not know, rather than ignoring it', async () => {
    const { ec2 } = accountFixture();
    await expect(ec2('TerminateInstances', { InstanceId: 'i-1' })).rejects.toMatchObject({
      code: expect.stringMatching(/UnknownParameter|MissingParameter/),
    });
    await expect(ec2('DescribeInstances', { InstanceId: 'i-1' })).rejects.toMatchObject({
      code: 'UnknownParameter',
      message: expect.stringContaining('InstanceId'),
    });
    await expect(
      ec2('DescribeInstances', { Filters: [{ Name: 'vpc-id', Value: 'vpc-1' }] }),
    ).rejects.toMatchObject({
      code: 'UnknownParameter',
      message: expect.stringContaining('Filters.0.Value'),
    });
  });

  it('says which parameter is missing or of the wrong type', async () => {
    const { ec2 } = accountFixture();
    await expect(ec2('StartInstances')).rejects.toMatchObject({
      code: 'MissingParameter',
      message: 'The request must contain the parameter InstanceIds',
    });
    await expect(ec2('StartInstances', { InstanceIds: 'i-1' })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining("'i-1' for InstanceIds"),
    });
    await expect(ec2('DescribeVpcs', { MaxResults: 'many' })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
  });

  it('takes numbers and booleans as text, as runbooks pass them', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ securityGroups: [{ groupId: GROUP }] });
    const permission = { ...ssh, FromPort: '22', ToPort: '22' };
    await ec2('AuthorizeSecurityGroupIngress', { GroupId: GROUP, IpPermissions: [permission] });
    const described = await ec2('DescribeSecurityGroups', { GroupIds: [GROUP] });
    expect(described).toMatchObject({ SecurityGroups: [{ IpPermissions: [{ FromPort: 22, ToPort: 22 }] }] });
    await expect(ec2('DeleteSecurityGroup', { GroupId: GROUP, DryRun: 'true' })).rejects.toMatchObject({
      code: 'DryRunOperation',
    });
    await expect(ec2('DeleteSecurityGroup', { GroupId: GROUP, DryRun: 'perhaps' })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
  });

  it('gives copies: changing an answer or an input changes nothing in the account', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ securityGroups: [{ groupId: GROUP, tags: { a: '1' } }] });
    const Groups = [GROUP];
    const launched = await ec2('RunInstances', {
      ImageId: 'ami-12345678',
      MinCount: 1,
      MaxCount: 1,
      SecurityGroupIds: Groups,
    });
    Groups[0] = 'sg-00000000000000000';
    (launched.Instances as { LaunchTime: Date }[])[0]?.LaunchTime.setTime(0);
    expect(await ec2('DescribeInstances')).toMatchObject({
      Reservations: [
        {
          Instances: [
            { SecurityGroups: [{ GroupId: GROUP }], LaunchTime: new Date('2026-01-02T03:04:05.000Z') },
          ],
        },
      ],
    });
  });
});

describe('regions', () => {
  it('show the same resources, whose ARNs say where they were created', async () => {
    const { ec2 } = accountFixture();
    const input = { GroupName: 'sydney', Description: 'x' };
    const created = await ec2('CreateSecurityGroup', input, 'ap-southeast-2');
    const found = await ec2('DescribeSecurityGroups', { GroupNames: ['sydney'] }, 'eu-west-1');
    const arn = `arn:aws:ec2:ap-southeast-2:${ACCOUNT_ID}:security-group/${created.GroupId}`;
    expect(found).toMatchObject({ SecurityGroups: [{ SecurityGroupArn: arn }] });
  });
});

describe('terminated instances', () => {
  it('can be seen for an hour', async () => {
    const { account, ec2, clock } = accountFixture();
    const instanceId = 'i-0a1b2c3d4e5f67890';
    account.seed({ instances: [{ instanceId, tags: { a: '1' } }] });
    await ec2('TerminateInstances', { InstanceIds: [instanceId] });
    clock.advance(3_599_000);
    expect(await ec2('DescribeInstances', { InstanceIds: [instanceId] })).toMatchObject({
      Reservations: [{ Instances: [{ State: { Name: 'terminated' } }] }],
    });
    clock.advance(2_000);
    expect(await ec2('DescribeInstances')).toEqual({ Reservations: [] });
    expect(await ec2('DescribeTags')).toEqual({ Tags: [] });
    await expect(ec2('DescribeInstances', { InstanceIds: [instanceId] })).rejects.toMatchObject({
      code: 'InvalidInstanceID.NotFound',
    });
    await expect(ec2('StartInstances', { InstanceIds: [instanceId] })).rejects.toMatchObject({
      code: 'InvalidInstanceID.NotFound',
    });
  });
});

describe('public addresses', () => {
  it('come with running in a default subnet and go with stopping', async () => {
    const { account, ec2 } = accountFixture();
    const InstanceIds = ['i-0a1b2c3d4e5f67890'];
    account.seed({ instances: InstanceIds.map((instanceId) => ({ instanceId })) });
    const address = async () => {
      const found = await ec2('DescribeInstances', { InstanceIds });
      return JSON.stringify(found).match(/"PublicIpAddress":"([\d.]+)"/)?.[1];
    };
    expect(await address()).toBe('198.18.0.1');
    await ec2('StopInstances', { InstanceIds });
    expect(await address()).toBeUndefined();
    await ec2('StartInstances', { InstanceIds });
    expect(await address()).toBe('198.18.0.1');
  });
});

describe('a failing launch', () => {
  it('leaves nothing behind', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ vpcs: [{ vpcId: 'vpc-0a1b2c3d4e5f67890', cidrBlock: '10.0.0.0/16' }] });
    const made = await ec2('CreateSubnet', { VpcId: 'vpc-0a1b2c3d4e5f67890', CidrBlock: '10.0.0.0/28' });
    const SubnetId = (made.Subnet as { SubnetId: string }).SubnetId;
    const launch = (count: number, more = {}) =>
      ec2('RunInstances', { ImageId: 'ami-12345678', MinCount: count, MaxCount: count, SubnetId, ...more });
    await expect(launch(12)).rejects.toMatchObject({ code: 'InsufficientFreeAddressesInSubnet' });
    expect(await ec2('DescribeInstances')).toEqual({ Reservations: [] });
    expect(await ec2('DescribeNetworkInterfaces')).toEqual({ NetworkInterfaces: [] });
    await launch(11);
    await expect(launch(1)).rejects.toMatchObject({ code: 'InsufficientFreeAddressesInSubnet' });
    await expect(launch(1, { PrivateIpAddress: '10.0.0.5' })).rejects.toMatchObject({
      code: 'InvalidIPAddress.InUse',
    });
    await expect(launch(1, { PrivateIpAddress: '10.9.9.9' })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
  });
});
