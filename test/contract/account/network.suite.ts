import { expect } from 'vitest';
import {
  at,
  type Contract,
  defaultVpc,
  describeInstance,
  listAt,
  newGroup,
  newInstance,
  newVpc,
  refuses,
  textAt,
} from './contract.ts';

const NO_INTERFACE = 'eni-0fedcba9876543210';

export function network(contract: Contract): void {
  const { ec2, test } = contract;

  const defaultSubnet = async () => {
    const Filters = [{ Name: 'vpc-id', Values: [await defaultVpc(contract)] }];
    return textAt(await ec2('DescribeSubnets', { Filters }), 'Subnets', 0, 'SubnetId');
  };
  const newInterface = async (input = {}) => {
    const made = await ec2('CreateNetworkInterface', { SubnetId: await defaultSubnet(), ...input });
    return textAt(made, 'NetworkInterface', 'NetworkInterfaceId');
  };
  const describeInterface = async (id: string) => {
    const found = await ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] });
    return at(found, 'NetworkInterfaces', 0);
  };

  test('There is a default VPC with default subnets', async () => {
    const vpcId = await defaultVpc(contract);
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    const subnets = listAt(await ec2('DescribeSubnets', { Filters }), 'Subnets');
    expect(subnets.length).toBeGreaterThan(0);
    expect(subnets[0]).toMatchObject({ VpcId: vpcId, DefaultForAz: true, State: 'available' });
    expect(textAt(subnets[0], 'AvailabilityZone')).toMatch(/^us-east-1[a-f]$/);
  });

  test('DescribeVpcs and DescribeSubnets refuse IDs that name nothing', async () => {
    await refuses(ec2('DescribeVpcs', { VpcIds: ['vpc-0fedcba9876543210'] }), 'InvalidVpcID.NotFound');
    await refuses(
      ec2('DescribeSubnets', { SubnetIds: ['subnet-0fedcba9876543210'] }),
      'InvalidSubnetID.NotFound',
    );
  });

  test('A new VPC has a group default, and takes subnets', async () => {
    const VpcId = await newVpc(contract);
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    expect(await ec2('DescribeSecurityGroups', { Filters })).toMatchObject({
      SecurityGroups: [{ GroupName: 'default', VpcId }],
    });
    const made = await ec2('CreateSubnet', { VpcId, CidrBlock: '10.20.1.0/24' });
    expect(made).toMatchObject({ Subnet: { VpcId, CidrBlock: '10.20.1.0/24', DefaultForAz: false } });
    await refuses(ec2('CreateSubnet', { VpcId, CidrBlock: '10.20.1.0/25' }), 'InvalidSubnet.Conflict');
    await refuses(ec2('CreateSubnet', { VpcId, CidrBlock: '192.0.2.0/24' }), 'InvalidSubnet.Range');
    const SubnetId = textAt(made, 'Subnet', 'SubnetId');
    const instance = await describeInstance(contract, await newInstance(contract, { SubnetId }));
    expect(textAt(instance, 'PrivateIpAddress')).toMatch(/^10\.20\.1\./);
  });

  test('Interfaces are made, shown and deleted', async () => {
    const groupId = await newGroup(contract);
    const id = await newInterface({ Groups: [groupId], Description: 'spare' });
    expect(id).toMatch(/^eni-[0-9a-f]{17}$/);
    expect(await describeInterface(id)).toMatchObject({
      Status: 'available',
      Description: 'spare',
      Groups: [{ GroupId: groupId }],
    });
    await ec2('DeleteNetworkInterface', { NetworkInterfaceId: id });
    await refuses(
      ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] }),
      'InvalidNetworkInterfaceID.NotFound',
    );
  });

  test('DeleteSecurityGroup refuses a group that an interface has', async () => {
    const groupId = await newGroup(contract);
    await newInterface({ Groups: [groupId] });
    await refuses(ec2('DeleteSecurityGroup', { GroupId: groupId }), 'DependencyViolation');
  });

  test('Interfaces that do not exist are refused', async () => {
    const NetworkInterfaceId = NO_INTERFACE;
    await refuses(
      ec2('DeleteNetworkInterface', { NetworkInterfaceId }),
      'InvalidNetworkInterfaceID.NotFound',
    );
    await refuses(
      ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [await newGroup(contract)] }),
      'InvalidNetworkInterfaceID.NotFound',
    );
  });

  test('What is no ID of an interface is refused', async () => {
    await refuses(
      ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: ['eth0'] }),
      'InvalidNetworkInterfaceId.Malformed',
    );
  });

  test('An interface that an instance has is found by it', async () => {
    const instanceId = await newInstance(contract);
    const Filters = [{ Name: 'attachment.instance-id', Values: [instanceId] }];
    const found = await ec2('DescribeNetworkInterfaces', { Filters });
    expect(found).toMatchObject({
      NetworkInterfaces: [{ Status: 'in-use', Attachment: { InstanceId: instanceId, DeviceIndex: 0 } }],
    });
  });

  test('DeleteNetworkInterface refuses an interface that an instance has', async () => {
    const instance = await describeInstance(contract, await newInstance(contract));
    const NetworkInterfaceId = textAt(instance, 'NetworkInterfaces', 0, 'NetworkInterfaceId');
    await refuses(ec2('DeleteNetworkInterface', { NetworkInterfaceId }), 'InvalidParameterValue');
  });

  test('ModifyNetworkInterfaceAttribute replaces groups', async () => {
    const isolation = await newGroup(contract);
    const NetworkInterfaceId = await newInterface();
    await ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [isolation] });
    expect(await describeInterface(NetworkInterfaceId)).toMatchObject({ Groups: [{ GroupId: isolation }] });
  });

  test('ModifyNetworkInterfaceAttribute of the primary interface changes what its instance shows', async () => {
    const isolation = await newGroup(contract);
    const instanceId = await newInstance(contract);
    const instance = await describeInstance(contract, instanceId);
    const NetworkInterfaceId = textAt(instance, 'NetworkInterfaces', 0, 'NetworkInterfaceId');
    await ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups: [isolation] });
    expect(await describeInstance(contract, instanceId)).toMatchObject({
      SecurityGroups: [{ GroupId: isolation }],
    });
  });

  test('ModifyNetworkInterfaceAttribute refuses a group that does not exist', async () => {
    const NetworkInterfaceId = await newInterface();
    const Groups = ['sg-0fedcba9876543210'];
    await refuses(
      ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups }),
      'InvalidGroup.NotFound',
    );
  });
}
