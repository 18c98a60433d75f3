import { describe, expect, it } from 'vitest';
import { ACCOUNT_ID, accountFixture } from '../account.fixture.ts';

const GROUP = 'sg-0a1b2c3d4e5f67890';
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

describe('seed', () => {
  it('plants a group with its ID, region, rules and tags', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({
      securityGroups: [
        {
          groupId: GROUP,
          groupName: 'web',
          region: 'ap-southeast-2',
          ipPermissions: [ssh],
          tags: { a: '1' },
        },
      ],
    });
    expect(await ec2('DescribeSecurityGroups', { GroupIds: [GROUP] })).toMatchObject({
      SecurityGroups: [
        {
          GroupName: 'web',
          SecurityGroupArn: `arn:aws:ec2:ap-southeast-2:${ACCOUNT_ID}:security-group/${GROUP}`,
          IpPermissions: [ssh],
          IpPermissionsEgress: [{ IpProtocol: '-1' }],
          Tags: [{ Key: 'a', Value: '1' }],
        },
      ],
    });
    const arn = `arn:aws:ec2:ap-southeast-2:${ACCOUNT_ID}:security-group/${GROUP}`;
    const found = await account.call({
      service: 'tagging',
      operation: 'GetResources',
      input: { ResourceARNList: [arn] },
      region: 'us-east-1',
    });
    expect(found).toMatchObject({
      ResourceTagMappingList: [{ ResourceARN: arn, Tags: [{ Key: 'a', Value: '1' }] }],
    });
  });

  it('plants egress rules in place of the one that lets all out', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ securityGroups: [{ groupId: GROUP, ipPermissionsEgress: [] }] });
    expect(await ec2('DescribeSecurityGroups', { GroupIds: [GROUP] })).toMatchObject({
      SecurityGroups: [{ IpPermissionsEgress: [] }],
    });
  });

  it('plants instances into groups, and VPCs that are not the default one', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({
      vpcs: [{ vpcId: 'vpc-0a1b2c3d4e5f67890', cidrBlock: '10.0.0.0/16' }],
      securityGroups: [{ groupId: GROUP }, { groupId: 'sg-12345678', vpcId: 'vpc-0a1b2c3d4e5f67890' }],
      instances: [{ instanceId: 'i-0a1b2c3d4e5f67890', securityGroupIds: [GROUP], region: 'eu-west-1' }],
    });
    expect(await ec2('DescribeInstances')).toMatchObject({
      Reservations: [
        {
          Instances: [
            {
              InstanceId: 'i-0a1b2c3d4e5f67890',
              State: { Name: 'running' },
              Placement: { AvailabilityZone: 'eu-west-1a' },
              SecurityGroups: [{ GroupId: GROUP }],
            },
          ],
        },
      ],
    });
    await expect(
      ec2('RevokeSecurityGroupIngress', { GroupId: 'sg-12345678', IpPermissions: [ssh] }),
    ).rejects.toMatchObject({ code: 'InvalidPermission.NotFound' });
  });

  it.each([
    ['an ID twice', { securityGroups: [{ groupId: GROUP }, { groupId: GROUP }] }, 'InvalidParameterValue'],
    ['a malformed ID', { securityGroups: [{ groupId: 'web' }] }, 'InvalidGroupId.Malformed'],
    [
      'a VPC that is not there',
      { securityGroups: [{ groupId: GROUP, vpcId: 'vpc-12345678' }] },
      'InvalidVpcID.NotFound',
    ],
    [
      'a group that is not there',
      { instances: [{ instanceId: 'i-12345678', securityGroupIds: [GROUP] }] },
      'InvalidGroup.NotFound',
    ],
  ])('refuses %s', (_what, seed, code) => {
    const { account } = accountFixture();
    expect(() => account.seed(seed)).toThrow(expect.objectContaining({ code }));
  });
});
