import { expect } from 'vitest';
import {
  at,
  type Contract,
  describeGroup,
  listAt,
  newGroup,
  newVpc,
  refuses,
  ssh,
  textAt,
} from './contract.ts';

export function revokingRules(contract: Contract): void {
  const { ec2, test } = contract;
  const open = (GroupId: string, ...IpPermissions: readonly unknown[]) =>
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const close = (GroupId: string, ...IpPermissions: readonly unknown[]) =>
    ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions });
  const ingress = async (groupId: string) => listAt(await describeGroup(contract, groupId), 'IpPermissions');
  const outside = async () => newGroup(contract, { VpcId: await newVpc(contract) });

  test('RevokeSecurityGroupIngress removes what a permission says, whatever its description', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, { ...ssh(), IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'everyone' }] });
    await open(groupId, ssh('10.0.0.0/8'));
    expect(await close(groupId, ssh())).toMatchObject({ Return: true });
    expect(await ingress(groupId)).toMatchObject([{ IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]);
  });

  test('RevokeSecurityGroupIngress tells which rules it removed', async () => {
    const groupId = await newGroup(contract);
    const made = await open(groupId, ssh());
    const revoked = await close(groupId, ssh());
    expect(revoked).toMatchObject({
      RevokedSecurityGroupRules: [
        {
          SecurityGroupRuleId: at(made, 'SecurityGroupRules', 0, 'SecurityGroupRuleId'),
          GroupId: groupId,
          IsEgress: false,
          CidrIpv4: '0.0.0.0/0',
        },
      ],
      UnknownIpPermissions: [],
    });
  });

  test('RevokeSecurityGroupIngress takes rule IDs', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, ssh(), { ...ssh(), FromPort: 443, ToPort: 443 });
    const Filters = [{ Name: 'group-id', Values: [groupId] }];
    const described = await ec2('DescribeSecurityGroupRules', { Filters });
    const ssh22 = listAt(described, 'SecurityGroupRules').find((rule) => at(rule, 'FromPort') === 22);
    const SecurityGroupRuleIds = [textAt(ssh22, 'SecurityGroupRuleId')];
    await ec2('RevokeSecurityGroupIngress', { GroupId: groupId, SecurityGroupRuleIds });
    expect(await ingress(groupId)).toMatchObject([{ FromPort: 443 }]);
  });

  test('RevokeSecurityGroupIngress refuses a rule ID that names nothing', async () => {
    const GroupId = await newGroup(contract);
    const SecurityGroupRuleIds = ['sgr-0fedcba9876543210'];
    await refuses(
      ec2('RevokeSecurityGroupIngress', { GroupId, SecurityGroupRuleIds }),
      'InvalidSecurityGroupRuleId.NotFound',
    );
  });

  test('Outside the default VPC, revoking a rule that is not there fails', async () => {
    await refuses(close(await outside(), ssh()), 'InvalidPermission.NotFound');
  });

  test('Outside the default VPC, revoking a rule that is not there revokes no other', async () => {
    const groupId = await outside();
    await open(groupId, ssh());
    const absent = { ...ssh(), FromPort: 3389, ToPort: 3389 };
    await refuses(close(groupId, ssh(), absent), 'InvalidPermission.NotFound');
    expect(await ingress(groupId)).toHaveLength(1);
  });

  test('In the default VPC, revoking a rule that is not there is told, and the others are revoked', async () => {
    const groupId = await newGroup(contract);
    await open(groupId, ssh());
    const absent = { ...ssh(), FromPort: 3389, ToPort: 3389 };
    expect(await close(groupId, ssh(), absent)).toMatchObject({
      Return: true,
      UnknownIpPermissions: [{ FromPort: 3389, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
    expect(await ingress(groupId)).toEqual([]);
  });

  test('RevokeSecurityGroupIngress needs to know what', async () => {
    const GroupId = await newGroup(contract);
    await refuses(ec2('RevokeSecurityGroupIngress', { GroupId }), 'MissingParameter');
  });
}
