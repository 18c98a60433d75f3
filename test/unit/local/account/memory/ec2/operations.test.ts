import { describe, expect, it } from 'vitest';
import { ec2Operations } from '../../../../../../local/account/memory/ec2/registry.ts';
import { operationShapes } from '../../../../../../local/account/wire/shape.ts';
import type { JsonObject } from '../../../../../../local/service.ts';
import { ACCOUNT_ID, accountFixture } from '../../account.fixture.ts';

const GROUP = 'sg-0a1b2c3d4e5f67890';
const NO_GROUP = 'sg-0fedcba9876543210';

function seeded() {
  const fixture = accountFixture();
  fixture.account.seed({
    securityGroups: [
      { groupId: GROUP, groupName: 'web' },
      { groupId: 'sg-11111111', groupName: 'bastion' },
    ],
  });
  const ingress = async () => {
    const found = await fixture.ec2('DescribeSecurityGroups', { GroupIds: [GROUP] });
    return (found.SecurityGroups as { IpPermissions: JsonObject[] }[])[0]?.IpPermissions;
  };
  return { ...fixture, ingress };
}

const rejection = (code: string, part = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(part) });

describe('the registry', () => {
  it("has only operations that EC2 has, by EC2's names", async () => {
    const schemas: Readonly<Record<string, unknown>> = { ...(await import('@aws-sdk/client-ec2')) };
    const names = Object.keys(ec2Operations).map((key) => key.slice('ec2.'.length));
    expect(names.filter((name) => operationShapes(schemas[`${name}$`]) === undefined)).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});

describe('rules', () => {
  it('from a source group by name mean all of TCP, UDP and ICMP', async () => {
    const { ec2, ingress } = seeded();
    const request = { GroupName: 'web', SourceSecurityGroupName: 'bastion' };
    await ec2('AuthorizeSecurityGroupIngress', request);
    const pair = { GroupId: 'sg-11111111', UserId: ACCOUNT_ID };
    expect(await ingress()).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, UserIdGroupPairs: [pair] },
      { IpProtocol: 'udp', FromPort: 0, ToPort: 65535, UserIdGroupPairs: [pair] },
      { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, UserIdGroupPairs: [pair] },
    ]);
    await ec2('RevokeSecurityGroupIngress', request);
    expect(await ingress()).toEqual([]);
  });

  it('of another account are taken at its word, of this one are looked up', async () => {
    const { ec2, ingress } = seeded();
    const open = (pair: JsonObject) =>
      ec2('AuthorizeSecurityGroupIngress', {
        GroupId: GROUP,
        IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [pair] }],
      });
    await open({ GroupId: NO_GROUP, UserId: '999999999999' });
    expect(await ingress()).toMatchObject([
      { UserIdGroupPairs: [{ GroupId: NO_GROUP, UserId: '999999999999' }] },
    ]);
    await expect(open({ GroupId: NO_GROUP })).rejects.toEqual(rejection('InvalidGroup.NotFound'));
    await expect(open({ GroupName: 'nobody' })).rejects.toEqual(rejection('InvalidGroup.NotFound'));
    await expect(open({ UserId: ACCOUNT_ID })).rejects.toEqual(rejection('MissingParameter'));
  });

  it.each<[JsonObject, string, string]>([
    [{ IpPermissions: [] }, 'MissingParameter', 'ipPermissions'],
    [{ IpPermissions: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1 }] }, 'MissingParameter', 'CIDR block'],
    [{ IpPermissions: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }, 'MissingParameter', 'ipProtocol'],
    [
      { IpPermissions: [{ IpProtocol: '256', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
      'InvalidParameterValue',
      '256',
    ],
    [
      { IpPermissions: [{ IpProtocol: 'icmp', FromPort: 300, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
      'InvalidParameterValue',
      'ICMP type (300)',
    ],
    [
      { IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '::/0' }] }] },
      'InvalidParameterValue',
      'CIDR block ::/0 is malformed',
    ],
    [
      { IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0', Description: '<b>' }] }] },
      'InvalidParameterValue',
      'Invalid rule description',
    ],
    [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1 }, 'MissingParameter', 'cidrIp'],
    [{ SourceSecurityGroupName: 'bastion', IpProtocol: 'tcp' }, 'InvalidParameterCombination', 'IpProtocol'],
    [
      { CidrIp: '0.0.0.0/0', IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
      'InvalidParameterCombination',
      '',
    ],
  ])('are refused: %j', async (request, code, part) => {
    const { ec2, ingress } = seeded();
    await expect(ec2('AuthorizeSecurityGroupIngress', { GroupId: GROUP, ...request })).rejects.toEqual(
      rejection(code, part),
    );
    expect(await ingress()).toEqual([]);
  });

  it('name what is there twice as AWS does', async () => {
    const { ec2 } = seeded();
    const request = { GroupId: GROUP, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    await ec2('AuthorizeSecurityGroupIngress', request);
    await expect(ec2('AuthorizeSecurityGroupIngress', request)).rejects.toThrow(
      'the specified rule "peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW" already exists',
    );
  });

  it('end at sixty a side of a group', async () => {
    const { ec2 } = seeded();
    const open = (from: number, to: number) =>
      ec2('AuthorizeSecurityGroupIngress', {
        GroupId: GROUP,
        IpPermissions: [
          {
            IpProtocol: '-1',
            IpRanges: Array.from({ length: to - from }, (_, index) => ({
              CidrIp: `10.0.0.${from + index}/32`,
            })),
          },
        ],
      });
    await open(0, 60);
    await expect(open(60, 61)).rejects.toEqual(rejection('RulesPerSecurityGroupLimitExceeded'));
  });

  it('are not modified into ones that are there, or of another kind', async () => {
    const { ec2 } = seeded();
    const open = async (CidrIp: string) => {
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp }] }];
      const made = await ec2('AuthorizeSecurityGroupIngress', { GroupId: GROUP, IpPermissions });
      return (made.SecurityGroupRules as { SecurityGroupRuleId: string }[])[0]?.SecurityGroupRuleId;
    };
    const SecurityGroupRuleId = await open('10.0.0.0/8');
    await open('192.0.2.0/24');
    const modify = (peer: JsonObject) =>
      ec2('ModifySecurityGroupRules', {
        GroupId: GROUP,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId,
            SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...peer },
          },
        ],
      });
    await expect(modify({ CidrIpv4: '192.0.2.0/24' })).rejects.toEqual(
      rejection('InvalidPermission.Duplicate'),
    );
    await expect(modify({ CidrIpv6: '::/0' })).rejects.toEqual(rejection('InvalidParameterValue', 'kind'));
    await expect(modify({})).rejects.toEqual(rejection('InvalidParameterValue', 'exactly one'));
    await modify({ CidrIpv4: '10.0.0.0/8', Description: 'same, described' });
  });
});

describe('pages', () => {
  it('do not go with IDs, nor with sizes that EC2 does not give', async () => {
    const { ec2 } = seeded();
    const describeGroups = (input: JsonObject) => ec2('DescribeSecurityGroups', input);
    await expect(describeGroups({ GroupIds: [GROUP], MaxResults: 5 })).rejects.toEqual(
      rejection('InvalidParameterCombination'),
    );
    await expect(describeGroups({ MaxResults: 4 })).rejects.toEqual(rejection('InvalidParameterValue'));
    await expect(describeGroups({ NextToken: 'x' })).rejects.toEqual(rejection('InvalidNextToken'));
  });
});
