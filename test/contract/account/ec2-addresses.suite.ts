import { expect } from 'vitest';
import { at, type Contract, describeInstance, listAt, newInstance, refuses, textAt } from './contract.ts';

export function ec2Addresses(contract: Contract): void {
  const { ec2, test } = contract;

  /** Runs something with an address, and gives it back: there are only five. */
  const withAddress = async (use: (address: { id: string; ip: string }) => Promise<void>) => {
    const made = await ec2('AllocateAddress', { Domain: 'vpc' });
    const address = { id: textAt(made, 'AllocationId'), ip: textAt(made, 'PublicIp') };
    try {
      await use(address);
    } finally {
      const left = await ec2('DescribeAddresses', {
        Filters: [{ Name: 'allocation-id', Values: [address.id] }],
      });
      const AssociationId = at(left, 'Addresses', 0, 'AssociationId');
      if (AssociationId) await ec2('DisassociateAddress', { AssociationId });
      if (listAt(left, 'Addresses').length > 0) await ec2('ReleaseAddress', { AllocationId: address.id });
    }
  };

  test('An address is allocated, described and released', async () => {
    await withAddress(async ({ id, ip }) => {
      const expected = { Addresses: [{ AllocationId: id, PublicIp: ip, Domain: 'vpc' }] };
      expect(await ec2('DescribeAddresses', { AllocationIds: [id] })).toMatchObject(expected);
      expect(await ec2('DescribeAddresses', { PublicIps: [ip] })).toMatchObject(expected);
      await ec2('ReleaseAddress', { AllocationId: id });
      await refuses(ec2('ReleaseAddress', { AllocationId: id }), 'InvalidAllocationID.NotFound');
    });
  });

  test('An address is associated with an instance, and taken away', async () => {
    await withAddress(async ({ id, ip }) => {
      const InstanceId = await newInstance(contract);
      const before = await describeInstance(contract, InstanceId);
      const made = await ec2('AssociateAddress', { AllocationId: id, InstanceId });
      const AssociationId = textAt(made, 'AssociationId');
      expect(await ec2('DescribeAddresses', { AllocationIds: [id] })).toMatchObject({
        Addresses: [{ AssociationId, InstanceId }],
      });
      expect(await describeInstance(contract, InstanceId)).toMatchObject({
        PublicIpAddress: ip,
        NetworkInterfaces: [{ Association: { PublicIp: ip } }],
      });
      await ec2('DisassociateAddress', { AssociationId });
      expect(
        at(await ec2('DescribeAddresses', { AllocationIds: [id] }), 'Addresses', 0, 'InstanceId'),
      ).toBeFalsy();
      expect(at(await describeInstance(contract, InstanceId), 'PublicIpAddress')).not.toBe(ip);
      expect(textAt(before, 'PublicIpAddress')).not.toBe(ip);
    });
  });

  test('An instance whose address is taken away has its earlier one again', async () => {
    await withAddress(async ({ id }) => {
      const InstanceId = await newInstance(contract);
      const before = await describeInstance(contract, InstanceId);
      const made = await ec2('AssociateAddress', { AllocationId: id, InstanceId });
      await ec2('DisassociateAddress', { AssociationId: textAt(made, 'AssociationId') });
      expect(await describeInstance(contract, InstanceId)).toEqual(before);
    });
  });

  test('An address that is associated is not released', async () => {
    await withAddress(async ({ id }) => {
      await ec2('AssociateAddress', { AllocationId: id, InstanceId: await newInstance(contract) });
      await refuses(ec2('ReleaseAddress', { AllocationId: id }), 'InvalidIPAddress.InUse');
    });
  });

  test('An address moves to another instance only where that is allowed', async () => {
    await withAddress(async ({ id }) => {
      await ec2('AssociateAddress', { AllocationId: id, InstanceId: await newInstance(contract) });
      const move = { AllocationId: id, InstanceId: await newInstance(contract) };
      await refuses(ec2('AssociateAddress', move), 'Resource.AlreadyAssociated');
      await ec2('AssociateAddress', { ...move, AllowReassociation: true });
      expect(await ec2('DescribeAddresses', { AllocationIds: [id] })).toMatchObject({
        Addresses: [{ InstanceId: move.InstanceId }],
      });
    });
  });

  test('An address stays when its instance stops, and is free when it is terminated', async () => {
    await withAddress(async ({ id, ip }) => {
      const InstanceId = await newInstance(contract);
      await ec2('AssociateAddress', { AllocationId: id, InstanceId });
      await ec2('StopInstances', { InstanceIds: [InstanceId] });
      expect(await describeInstance(contract, InstanceId)).toMatchObject({ PublicIpAddress: ip });
      await ec2('TerminateInstances', { InstanceIds: [InstanceId] });
      const found = await ec2('DescribeAddresses', { AllocationIds: [id] });
      expect(at(found, 'Addresses', 0, 'AssociationId')).toBeUndefined();
    });
  });

  test('Addresses that do not exist are refused', async () => {
    const AllocationId = 'eipalloc-0fedcba9876543210';
    await refuses(
      ec2('DescribeAddresses', { AllocationIds: [AllocationId] }),
      'InvalidAllocationID.NotFound',
    );
    await refuses(ec2('DescribeAddresses', { PublicIps: ['203.0.113.9'] }), 'InvalidAddress.NotFound');
    const AssociationId = 'eipassoc-0fedcba9876543210';
    await refuses(ec2('DisassociateAddress', { AssociationId }), 'InvalidAssociationID.NotFound');
  });

  test('DescribeRegions shows regions', async () => {
    const found = await ec2('DescribeRegions');
    const names = listAt(found, 'Regions').map((region) => at(region, 'RegionName'));
    expect(names).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1', 'ap-southeast-2']));
    expect(await ec2('DescribeRegions', { RegionNames: ['eu-west-1'] })).toMatchObject({
      Regions: [{ RegionName: 'eu-west-1', Endpoint: 'ec2.eu-west-1.amazonaws.com' }],
    });
  });

  test('DescribeRegions refuses a region that does not exist', async () => {
    await refuses(ec2('DescribeRegions', { RegionNames: ['moon-north-1'] }), 'InvalidParameterValue');
  });

  test('DescribeAvailabilityZones shows the zones of the region', async () => {
    const Filters = [{ Name: 'zone-name', Values: ['us-east-1a', 'us-east-1b'] }];
    expect(await ec2('DescribeAvailabilityZones', { Filters })).toMatchObject({
      AvailabilityZones: [
        { ZoneName: 'us-east-1a', RegionName: 'us-east-1', State: 'available' },
        { ZoneName: 'us-east-1b' },
      ],
    });
    const names = { ZoneNames: ['us-east-1c'] };
    expect(listAt(await ec2('DescribeAvailabilityZones', names), 'AvailabilityZones')).toHaveLength(1);
  });
}
