import { expect } from 'vitest';
import { at, type Contract, describeGroup, listAt, newGroup, refuses, ssh, textAt } from './contract.ts';

export function securityGroupRules(contract: Contract): void {
  const { ec2, test } = contract;
  const open = (GroupId: string, ...IpPermissions: readonly unknown[]) =>
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const ingress = async (groupId: string) => listAt(await describeGroup(contract, groupId), 'IpPermissions');

  test('AuthorizeSecurityGroupIngress makes one rule of each peer, with an ID of its own', async () => {
    const groupId = await newGroup(contract);
    const made = await ec2('AuthorizeSecurityGroupIngress', {
      GroupId: groupId,
      IpPermissions: [
        {
          ...ssh(),
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'all' }, { CidrIp: '10.0.0.0/8' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
        },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'a', Value: 'b' }] }],
    });
    expect(made.Return).toBe(true);
    const rules = listAt(made, 'SecurityGroupRules');
    expect(rules).toHaveLength(3);
    expect(new Set(rules.map((rule) => at(rule, 'SecurityGroupRuleId'))).size).toBe(3);
    expect(rules.find((rule) => at(rule, 'Description') === 'all')).toMatchObject({
      GroupId: groupId,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: '0.0.0.0/0',
      Description: 'all',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(textAt(rules, 0, 'SecurityGroupRuleId')).toMatch(/^sgr-[0-9a-f]{17}$/);
  });

  test('AuthorizeSecurityGroupIngress answers with the rules of all permissions', async () => {
    const made = await open(await newGroup(contract), ssh(), { ...ssh(), FromPort: 443, ToPort: 443 });
    const ports = listAt(made, 'SecurityGroupRules').map((rule) => at(rule, 'ToPort'));
    expect(new Set(ports)).toEqual(new Set([22, 443]));
  });

  test('DescribeSecurityGroups merges rules of the same protocol and ports into one permission', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, ssh());
    await open(groupId, { ...ssh('10.0.0.0/8'), Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'six' }] });
    await open(groupId, { ...ssh(), FromPort: 443, ToPort: 443 });
    const permissions = await ingress(groupId);
    expect(permissions).toHaveLength(2);
    expect(permissions.find((each) => at(each, 'FromPort') === 22)).toEqual({
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: '10.0.0.0/8' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'six' }],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    });
  });

  test('A rule for all protocols has no ports in a permission, and -1 as a rule', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, { IpProtocol: '-1', FromPort: 1, ToPort: 2, IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
    const [permission] = await ingress(groupId);
    expect(permission).toMatchObject({ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
    expect(permission).not.toHaveProperty('FromPort');
    const described = await ec2('DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [groupId] }],
    });
    for (const rule of listAt(described, 'SecurityGroupRules')) {
      expect(rule).toMatchObject({ IpProtocol: '-1', FromPort: -1, ToPort: -1 });
    }
  });

  test('Protocol numbers get their names', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, { ...ssh(), IpProtocol: '6' });
    expect(await ingress(groupId)).toMatchObject([{ IpProtocol: 'tcp' }]);
  });

  test('Ranges are kept in canonical form', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, ssh('100.68.0.18/18'));
    expect(await ingress(groupId)).toMatchObject([{ IpRanges: [{ CidrIp: '100.68.0.0/18' }] }]);
    await refuses(open(groupId, ssh('100.68.0.99/18')), 'InvalidPermission.Duplicate');
  });

  test('A rule can let another group in', async () => {
    const [groupId, other] = [await newGroup(contract), await newGroup(contract)];
    await open(groupId, { ...ssh(), IpRanges: [], UserIdGroupPairs: [{ GroupId: other }] });
    expect(await ingress(groupId)).toMatchObject([{ UserIdGroupPairs: [{ GroupId: other }] }]);
    const missing = [{ GroupId: 'sg-0fedcba9876543210' }];
    await refuses(
      open(groupId, { ...ssh(), IpRanges: [], UserIdGroupPairs: missing }),
      'InvalidGroup.NotFound',
    );
  });

  test('AuthorizeSecurityGroupIngress refuses a rule that is there', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, ssh());
    await refuses(open(groupId, ssh()), 'InvalidPermission.Duplicate');
  });

  test('AuthorizeSecurityGroupIngress adds all rules of a request or none', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, ssh());
    await refuses(open(groupId, ssh('10.0.0.0/8'), ssh()), 'InvalidPermission.Duplicate');
    expect(await ingress(groupId)).toMatchObject([{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
  });

  test('AuthorizeSecurityGroupIngress refuses the same rule twice in a request', async () => {
    await refuses(open(await newGroup(contract), ssh(), ssh()), 'InvalidParameterValue');
  });

  test('AuthorizeSecurityGroupIngress refuses a malformed range', async () => {
    await refuses(open(await newGroup(contract), ssh('10.0.0.0/33')), 'InvalidParameterValue');
  });

  test('AuthorizeSecurityGroupIngress refuses a protocol that does not exist', async () => {
    await refuses(open(await newGroup(contract), { ...ssh(), IpProtocol: 'ftp' }), 'InvalidParameterValue');
  });

  test('AuthorizeSecurityGroupIngress refuses ports out of range or order, or missing', async () => {
    const groupId = await newGroup(contract);
    await refuses(open(groupId, { ...ssh(), ToPort: 70_000 }), 'InvalidParameterValue');
    await refuses(open(groupId, { ...ssh(), FromPort: 443, ToPort: 80 }), 'InvalidParameterValue');
    const IpRanges = [{ CidrIp: '0.0.0.0/0' }];
    await refuses(open(groupId, { IpProtocol: 'tcp', IpRanges }), 'InvalidParameterValue');
  });

  test('AuthorizeSecurityGroupIngress refuses a group that does not exist', async () => {
    await refuses(open('sg-0fedcba9876543210', ssh()), 'InvalidGroup.NotFound');
  });

  test('The flat form names one rule', async () => {
    const flat = {
      GroupId: await newGroup(contract),
      IpProtocol: 'tcp',
      FromPort: 3389,
      ToPort: 3389,
      CidrIp: '0.0.0.0/0',
    };
    await ec2('AuthorizeSecurityGroupIngress', flat);
    expect(await ingress(flat.GroupId)).toMatchObject([
      { FromPort: 3389, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ]);
    await ec2('RevokeSecurityGroupIngress', flat);
    expect(await ingress(flat.GroupId)).toEqual([]);
  });

  test('Egress rules are authorized and revoked like ingress rules', async () => {
    const GroupId = await newGroup(contract);
    const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions: [all] });
    await ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: [ssh('10.0.0.0/8')] });
    await refuses(
      ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: [ssh('10.0.0.0/8')] }),
      'InvalidPermission.Duplicate',
    );
    expect(await describeGroup(contract, GroupId)).toMatchObject({
      IpPermissions: [],
      IpPermissionsEgress: [{ FromPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    });
  });

  test('DescribeSecurityGroupRules finds rules by ID', async () => {
    const made = await open(await newGroup(contract), ssh());
    const SecurityGroupRuleIds = [textAt(made, 'SecurityGroupRules', 0, 'SecurityGroupRuleId')];
    const described = await ec2('DescribeSecurityGroupRules', { SecurityGroupRuleIds });
    expect(described.SecurityGroupRules).toMatchObject([
      { SecurityGroupRuleId: SecurityGroupRuleIds[0], CidrIpv4: '0.0.0.0/0' },
    ]);
    await refuses(
      ec2('DescribeSecurityGroupRules', { SecurityGroupRuleIds: ['sgr-0fedcba9876543210'] }),
      'InvalidSecurityGroupRuleId.NotFound',
    );
  });

  test('ModifySecurityGroupRules changes what a rule says', async () => {
    const GroupId = await newGroup(contract);
    const made = await open(GroupId, ssh());
    const SecurityGroupRuleId = at(made, 'SecurityGroupRules', 0, 'SecurityGroupRuleId');
    const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '192.0.2.0/24' };
    await ec2('ModifySecurityGroupRules', {
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
    });
    expect(await ingress(GroupId)).toMatchObject([{ IpRanges: [{ CidrIp: '192.0.2.0/24' }] }]);
  });
}
