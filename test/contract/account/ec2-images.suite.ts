import { expect } from 'vitest';
import {
  at,
  type Contract,
  describeInstance,
  listAt,
  newInstance,
  refuses,
  textAt,
  unique,
} from './contract.ts';

const NO_IMAGE = 'ami-0fedcba9876543210';

export function ec2Images(contract: Contract): void {
  const { ec2, test } = contract;

  const newImage = async (input: object = {}) => {
    const InstanceId = await newInstance(contract);
    const made = await ec2('CreateImage', { InstanceId, Name: unique('image'), ...input });
    return textAt(made, 'ImageId');
  };
  const describeImage = async (imageId: string) =>
    at(await ec2('DescribeImages', { ImageIds: [imageId] }), 'Images', 0);
  const snapshotOf = async (imageId: string) =>
    textAt(await describeImage(imageId), 'BlockDeviceMappings', 0, 'Ebs', 'SnapshotId');

  test('CreateImage makes an image of an instance and its volumes', async () => {
    const InstanceId = await newInstance(contract);
    const instance = await describeInstance(contract, InstanceId);
    const Name = unique('image');
    const made = await ec2('CreateImage', {
      InstanceId,
      Name,
      Description: 'before the change',
      NoReboot: true,
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'a', Value: '1' }] }],
    });
    const image = await describeImage(textAt(made, 'ImageId'));
    expect(image).toMatchObject({
      Name,
      Description: 'before the change',
      State: 'available',
      Public: false,
      RootDeviceName: at(instance, 'RootDeviceName'),
      Architecture: 'x86_64',
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(await describeInstance(contract, InstanceId)).toEqual(instance);
  });

  test('An image has a snapshot of each volume, which is tagged when asked', async () => {
    const InstanceId = await newInstance(contract);
    const instance = await describeInstance(contract, InstanceId);
    const TagSpecifications = [{ ResourceType: 'snapshot', Tags: [{ Key: 'b', Value: '2' }] }];
    const SnapshotIds = [await snapshotOf(await newImage({ InstanceId, TagSpecifications }))];
    const VolumeId = textAt(instance, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeId');
    expect(await ec2('DescribeSnapshots', { SnapshotIds })).toMatchObject({
      Snapshots: [{ State: 'completed', VolumeId, Tags: [{ Key: 'b', Value: '2' }] }],
    });
  });

  test('CreateImage refuses a name twice, or that is none', async () => {
    const Name = unique('image');
    await newImage({ Name });
    await refuses(newImage({ Name }), 'InvalidAMIName.Duplicate');
    await refuses(newImage({ Name: 'no!' }), 'InvalidAMIName.Malformed');
  });

  test('CreateImage refuses an instance that does not exist', async () => {
    await refuses(newImage({ InstanceId: 'i-0fedcba9876543210' }), 'InvalidInstanceID.NotFound');
  });

  test('CreateImage refuses an instance that is terminated', async () => {
    const InstanceId = await newInstance(contract);
    await ec2('TerminateInstances', { InstanceIds: [InstanceId] });
    await refuses(newImage({ InstanceId }), 'IncorrectState');
  });

  test("DescribeImages finds images by owner, name and tag, and shows no one else's as one's own", async () => {
    const Name = unique('image');
    const imageId = await newImage({
      Name,
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'find', Value: Name }] }],
    });
    const find = async (filterName: string, value: string) => {
      const Filters = [{ Name: filterName, Values: [value] }];
      const found = await ec2('DescribeImages', { Owners: ['self'], Filters });
      return listAt(found, 'Images').map((image) => at(image, 'ImageId'));
    };
    expect(await find('name', `${Name.slice(0, -1)}*`)).toEqual([imageId]);
    expect(await find('tag:find', Name)).toEqual([imageId]);
    expect(await find('state', 'pending')).toEqual([]);
    expect(await find('image-id', 'ami-12c6146b')).toEqual([]);
  });

  test('The image of an instance is described', async () => {
    await newInstance(contract);
    expect(await describeImage('ami-12c6146b')).toMatchObject({ State: 'available', RootDeviceType: 'ebs' });
  });

  test('DescribeImages refuses IDs that name nothing, or are none', async () => {
    await refuses(ec2('DescribeImages', { ImageIds: [NO_IMAGE] }), 'InvalidAMIID.NotFound');
    await refuses(ec2('DescribeImages', { ImageIds: ['linux'] }), 'InvalidAMIID.Malformed');
  });

  test('An instance launched from an image is like the one that it was made of', async () => {
    const imageId = await newImage();
    const snapshotId = await snapshotOf(imageId);
    const instance = await describeInstance(contract, await newInstance(contract, { ImageId: imageId }));
    expect(instance).toMatchObject({ ImageId: imageId, State: { Name: 'running' } });
    const VolumeIds = [textAt(instance, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeId')];
    expect(await ec2('DescribeVolumes', { VolumeIds })).toMatchObject({
      Volumes: [{ SnapshotId: snapshotId }],
    });
  });

  test('CopyImage makes an image of its own', async () => {
    const source = await newImage();
    const Name = unique('copy');
    const made = await ec2('CopyImage', {
      SourceImageId: source,
      SourceRegion: 'us-east-1',
      Name,
      Description: 'copied',
    });
    const copied = textAt(made, 'ImageId');
    expect(copied).not.toBe(source);
    expect(await describeImage(copied)).toMatchObject({ Name, Description: 'copied', State: 'available' });
  });

  test('CopyImage encrypts', async () => {
    const made = await ec2('CopyImage', {
      SourceImageId: await newImage(),
      SourceRegion: 'us-east-1',
      Name: unique('copy'),
      Encrypted: true,
      KmsKeyId: 'alias/aws/ebs',
    });
    const image = await describeImage(textAt(made, 'ImageId'));
    expect(image).toMatchObject({ BlockDeviceMappings: [{ Ebs: { Encrypted: true } }] });
    const SnapshotIds = [textAt(image, 'BlockDeviceMappings', 0, 'Ebs', 'SnapshotId')];
    expect(await ec2('DescribeSnapshots', { SnapshotIds })).toMatchObject({
      Snapshots: [{ Encrypted: true }],
    });
  });

  test('CopyImage with a client token copies once', async () => {
    const copy = {
      SourceImageId: await newImage(),
      SourceRegion: 'us-east-1',
      Name: unique('copy'),
      ClientToken: unique('token'),
    };
    const first = textAt(await ec2('CopyImage', copy), 'ImageId');
    expect(textAt(await ec2('CopyImage', copy), 'ImageId')).toBe(first);
    await refuses(ec2('CopyImage', { ...copy, Name: unique('copy') }), 'IdempotentParameterMismatch');
  });

  test('CopyImage refuses an image that does not exist', async () => {
    const copy = { SourceImageId: NO_IMAGE, SourceRegion: 'us-east-1', Name: unique('copy') };
    await refuses(ec2('CopyImage', copy), 'InvalidAMIID.NotFound');
  });

  test('DeregisterImage removes an image and leaves its snapshots', async () => {
    const imageId = await newImage();
    const snapshotId = await snapshotOf(imageId);
    await ec2('DeregisterImage', { ImageId: imageId });
    await refuses(ec2('DescribeImages', { ImageIds: [imageId] }), 'InvalidAMIID.NotFound');
    const found = await ec2('DescribeSnapshots', { SnapshotIds: [snapshotId] });
    expect(listAt(found, 'Snapshots')).toHaveLength(1);
  });

  test('What is deregistered is neither launched nor deregistered again', async () => {
    const imageId = await newImage();
    await ec2('DeregisterImage', { ImageId: imageId });
    await refuses(newInstance(contract, { ImageId: imageId }), 'InvalidAMIID.Unavailable');
    await refuses(ec2('DeregisterImage', { ImageId: imageId }), 'InvalidAMIID.Unavailable');
  });

  test('DeregisterImage refuses an image that does not exist', async () => {
    await refuses(ec2('DeregisterImage', { ImageId: NO_IMAGE }), 'InvalidAMIID.NotFound');
  });

  test('A snapshot of an image is not deleted before the image', async () => {
    const imageId = await newImage();
    const SnapshotId = await snapshotOf(imageId);
    await refuses(ec2('DeleteSnapshot', { SnapshotId }), 'InvalidSnapshot.InUse');
    await ec2('DeregisterImage', { ImageId: imageId });
    await ec2('DeleteSnapshot', { SnapshotId });
    await refuses(ec2('DescribeSnapshots', { SnapshotIds: [SnapshotId] }), 'InvalidSnapshot.NotFound');
  });

  test('Launch permissions are given and taken', async () => {
    const ImageId = await newImage();
    const permissions = async () =>
      (await ec2('DescribeImageAttribute', { ImageId, Attribute: 'launchPermission' })).LaunchPermissions;
    expect(await permissions()).toEqual([]);
    await ec2('ModifyImageAttribute', { ImageId, LaunchPermission: { Add: [{ Group: 'all' }] } });
    expect(await permissions()).toEqual([{ Group: 'all' }]);
    expect(await describeImage(ImageId)).toMatchObject({ Public: true });
    await ec2('ModifyImageAttribute', { ImageId, LaunchPermission: { Remove: [{ Group: 'all' }] } });
    expect(await describeImage(ImageId)).toMatchObject({ Public: false });
    await ec2('ModifyImageAttribute', {
      ImageId,
      Attribute: 'launchPermission',
      OperationType: 'add',
      UserIds: ['111122223333'],
    });
    expect(await permissions()).toEqual([{ UserId: '111122223333' }]);
  });

  test('RegisterImage makes an image of a snapshot', async () => {
    const SnapshotId = await snapshotOf(await newImage());
    const made = await ec2('RegisterImage', {
      Name: unique('registered'),
      RootDeviceName: '/dev/sda1',
      BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId, VolumeSize: 20 } }],
    });
    expect(await describeImage(textAt(made, 'ImageId'))).toMatchObject({
      RootDeviceName: '/dev/sda1',
      BlockDeviceMappings: [{ Ebs: { SnapshotId, VolumeSize: 20 } }],
    });
  });
}
