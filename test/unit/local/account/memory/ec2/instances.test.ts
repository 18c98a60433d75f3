import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../local/service.ts';
import { accountFixture } from '../../account.fixture.ts';

const GROUP = 'sg-0a1b2c3d4e5f67890';
const INSTANCE = 'i-0a1b2c3d4e5f67890';

function seeded() {
  const fixture = accountFixture();
  fixture.account.seed({
    securityGroups: [{ groupId: GROUP }, { groupId: 'sg-11111111', groupName: 'bastion' }],
  });
  return fixture;
}

const rejection = (code: string, part = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(part) });

describe('interfaces of an instance', () => {
  const second = async ({ ec2 }: ReturnType<typeof seeded>) => {
    const subnets = await ec2('DescribeSubnets');
    const SubnetId = (subnets.Subnets as { SubnetId: string }[])[0]?.SubnetId;
    const made = await ec2('CreateNetworkInterface', { SubnetId, Groups: ['sg-11111111'] });
    const { NetworkInterfaceId } = made.NetworkInterface as { NetworkInterfaceId: string };
    return { SubnetId, NetworkInterfaceId };
  };

  it('can be several; then groups are changed by interface, and kept ones outlive it', async () => {
    const fixture = seeded();
    const { ec2 } = fixture;
    const { SubnetId, NetworkInterfaceId } = await second(fixture);
    const launched = await ec2('RunInstances', {
      ImageId: 'ami-12345678',
      MinCount: 1,
      MaxCount: 1,
      NetworkInterfaces: [
        { DeviceIndex: 0, SubnetId, Groups: [GROUP] },
        { DeviceIndex: 1, NetworkInterfaceId },
      ],
    });
    const [instance] = launched.Instances as { InstanceId: string; NetworkInterfaces: unknown[] }[];
    expect(instance?.NetworkInterfaces).toHaveLength(2);
    await expect(
      ec2('ModifyInstanceAttribute', { InstanceId: instance?.InstanceId, Groups: [GROUP] }),
    ).rejects.toEqual(rejection('InvalidInstanceID', 'multiple interfaces'));
    await ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [GROUP] });
    await ec2('TerminateInstances', { InstanceIds: [instance?.InstanceId] });
    expect(
      await ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [NetworkInterfaceId] }),
    ).toMatchObject({
      NetworkInterfaces: [{ Status: 'available', Groups: [{ GroupId: GROUP }] }],
    });
  });

  it.each<[JsonObject, string]>([
    [{ NetworkInterfaces: [{ DeviceIndex: 1 }] }, 'InvalidParameterCombination'],
    [{ NetworkInterfaces: [{ DeviceIndex: 0 }, { DeviceIndex: 0 }] }, 'InvalidParameterCombination'],
    [{ NetworkInterfaces: [{ DeviceIndex: 0 }], SecurityGroupIds: [GROUP] }, 'InvalidParameterCombination'],
    [{ PrivateIpAddress: '172.31.0.9', MaxCount: 2 }, 'InvalidParameterCombination'],
    [{ MaxCount: 101 }, 'InstanceLimitExceeded'],
    [{ MinCount: 0 }, 'InvalidParameterValue'],
    [{ LaunchTemplate: { LaunchTemplateName: 'x' } }, 'InvalidLaunchTemplateName.NotFoundException'],
    [{ LaunchTemplate: { Name: 'x' } }, 'InvalidParameterValue'],
    [{ HibernationOptions: { Configured: true } }, 'UnknownParameter'],
  ])('are refused with %j, and nothing is launched', async (more, code) => {
    const { account, ec2 } = accountFixture();
    account.seed({ securityGroups: [{ groupId: GROUP }] });
    const request = { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 };

    await expect(ec2('RunInstances', { ...request, ...more })).rejects.toEqual(rejection(code));
    expect(await ec2('DescribeInstances')).toEqual({ Reservations: [] });
  });

  it('are modified one attribute a call', async () => {
    const fixture = seeded();
    const { ec2 } = fixture;
    const { NetworkInterfaceId } = await second(fixture);
    const modify = (change: JsonObject) =>
      ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...change });
    await modify({ Description: { Value: 'spare' } });
    await modify({ SourceDestCheck: { Value: false } });
    await expect(modify({})).rejects.toEqual(rejection('InvalidParameterCombination'));
    await expect(modify({ Groups: [GROUP], Description: { Value: 'x' } })).rejects.toEqual(
      rejection('InvalidParameterCombination'),
    );
    await expect(modify({ Groups: [] })).rejects.toEqual(rejection('InvalidParameterValue'));
    await expect(
      modify({ Attachment: { AttachmentId: 'eni-attach-1', DeleteOnTermination: true } }),
    ).rejects.toEqual(rejection('InvalidAttachmentID.NotFound'));
    expect(
      await ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [NetworkInterfaceId] }),
    ).toMatchObject({
      NetworkInterfaces: [
        { Description: 'spare', SourceDestCheck: false, Groups: [{ GroupName: 'bastion' }] },
      ],
    });
  });

  it('have at most five groups', async () => {
    const { account, ec2 } = accountFixture();
    const ids = Array.from({ length: 6 }, (_, index) => `sg-0000000${index}`);
    account.seed({
      securityGroups: ids.map((groupId) => ({ groupId })),
      instances: [{ instanceId: INSTANCE, securityGroupIds: ids.slice(0, 5) }],
    });
    await expect(ec2('ModifyInstanceAttribute', { InstanceId: INSTANCE, Groups: ids })).rejects.toEqual(
      rejection('SecurityGroupsPerInterfaceLimitExceeded'),
    );
  });
});
