import { describe, expect, it } from 'vitest';
import { accountFixture } from '../../account.fixture.ts';

const volume = { AvailabilityZone: 'us-east-1a' };

describe('CreateVolume', () => {
  it.each([
    [{ Size: 10 }, { VolumeType: 'gp2', Iops: 100 }],
    [{ Size: 1000 }, { VolumeType: 'gp2', Iops: 3000 }],
    [
      { Size: 10, VolumeType: 'gp3' },
      { Iops: 3000, Throughput: 125 },
    ],
    [
      { Size: 10, VolumeType: 'gp3', Iops: '4000', Throughput: 250 },
      { Iops: 4000, Throughput: 250 },
    ],
    [{ Size: 100, VolumeType: 'io2', Iops: 500 }, { Iops: 500 }],
    [{ Size: 10, Encrypted: true }, { KmsKeyId: expect.stringMatching(/^arn:aws:kms:us-east-1:\d+:key\//) }],
  ])('makes of %j a volume with %j', async (input, expected) => {
    const { ec2 } = accountFixture();
    expect(await ec2('CreateVolume', { ...volume, ...input })).toMatchObject(expected);
  });

  it.each([
    [{ Size: 0 }, 'InvalidParameterValue'],
    [{ Size: -1 }, 'InvalidParameterValue'],
    [{ Size: 'big' }, 'InvalidParameterValue'],
    [{ Size: 10, VolumeType: '__proto__' }, 'InvalidParameterValue'],
    [{ Size: 10, Iops: 500 }, 'InvalidParameterCombination'],
    [{ Size: 10, Throughput: 200 }, 'InvalidParameterCombination'],
    [{ Size: 10, VolumeType: 'gp3', Throughput: 9000 }, 'InvalidParameterValue'],
    [{ Size: 10, VolumeType: 'io1' }, 'MissingParameter'],
    [{ Size: 10, VolumeType: 'io1', Iops: 1 }, 'InvalidParameterValue'],
    [{}, 'MissingParameter'],
  ])('refuses %j with %s', async (input, code) => {
    const { ec2 } = accountFixture();
    await expect(ec2('CreateVolume', { ...volume, ...input })).rejects.toMatchObject({ code });
    expect(await ec2('DescribeVolumes')).toEqual({ Volumes: [] });
  });
});

describe('RunInstances', () => {
  const launch = { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 };

  it('leaves nothing behind where a device is refused', async () => {
    const { ec2 } = accountFixture();
    const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 1 } }];
    await expect(ec2('RunInstances', { ...launch, BlockDeviceMappings })).rejects.toMatchObject({
      code: 'InvalidBlockDeviceMapping',
    });
    expect(await ec2('DescribeInstances')).toEqual({ Reservations: [] });
    expect(await ec2('DescribeVolumes')).toEqual({ Volumes: [] });
  });

  it('adds devices, and leaves out those that are not wanted', async () => {
    const { ec2 } = accountFixture();
    const BlockDeviceMappings = [
      { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 30, Encrypted: true } },
      { DeviceName: '/dev/sdc', Ebs: { VolumeSize: 5 } },
      { DeviceName: '/dev/sdc', NoDevice: '' },
    ];
    await ec2('RunInstances', { ...launch, BlockDeviceMappings });
    expect(await ec2('DescribeVolumes')).toMatchObject({
      Volumes: [
        { Size: 8, Attachments: [{ Device: '/dev/xvda' }] },
        { Size: 30, Encrypted: true, Attachments: [{ Device: '/dev/sdb', DeleteOnTermination: true }] },
      ],
    });
  });
});

describe('an image', () => {
  it("is made, tagged and found by the Tagging API, and is no one else's", async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ instances: [{ instanceId: 'i-0a1b2c3d4e5f67890' }] });
    const made = await ec2('CreateImage', {
      InstanceId: 'i-0a1b2c3d4e5f67890',
      Name: 'kept',
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'case', Value: '7' }] }],
    });
    const found = await account.call({
      service: 'tagging',
      operation: 'GetResources',
      input: { ResourceTypeFilters: ['ec2:image'] },
      region: 'us-east-1',
    });
    expect(found).toMatchObject({
      ResourceTagMappingList: [
        { ResourceARN: expect.stringContaining(String(made.ImageId)), Tags: [{ Key: 'case', Value: '7' }] },
      ],
    });
    expect(await ec2('DescribeImages', { Owners: ['self'] })).toMatchObject({ Images: [{ Name: 'kept' }] });
    expect(await ec2('DescribeImages', { Owners: ['amazon'] })).toMatchObject({
      Images: [{ ImageId: 'ami-00000000000000000', ImageOwnerAlias: 'amazon' }],
    });
    const foreign = ec2('DeregisterImage', { ImageId: 'ami-00000000000000000' });
    await expect(foreign).rejects.toMatchObject({ code: 'AuthFailure' });
  });

  it('can have the same name in another region', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ instances: [{ instanceId: 'i-0a1b2c3d4e5f67890' }] });
    const { ImageId } = await ec2('CreateImage', { InstanceId: 'i-0a1b2c3d4e5f67890', Name: 'kept' });
    const copy = { SourceImageId: ImageId, SourceRegion: 'us-east-1', Name: 'kept' };
    await expect(ec2('CopyImage', copy)).rejects.toMatchObject({ code: 'InvalidAMIName.Duplicate' });
    await ec2('CopyImage', copy, 'eu-west-1');
  });

  it('goes with its snapshots when that is asked for', async () => {
    const { account, ec2 } = accountFixture();
    account.seed({ instances: [{ instanceId: 'i-0a1b2c3d4e5f67890' }] });
    const { ImageId } = await ec2('CreateImage', { InstanceId: 'i-0a1b2c3d4e5f67890', Name: 'kept' });
    await ec2('DeregisterImage', { ImageId, DeleteAssociatedSnapshots: true });
    expect(await ec2('DescribeSnapshots')).toEqual({ Snapshots: [] });
  });
});
