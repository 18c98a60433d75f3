import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { foreignSnapshotId } from './block-devices.ts';
import { assertExists, assertWellFormed, IMAGE, newId } from './resource-ids.ts';
import type { Ec2State } from './state.ts';
import type { BlockDevice, ImageRecord } from './storage-state.ts';
import { tagList } from './tags.ts';

/** The account of Amazon's own images. */
export const AMAZON = '137112412989';

/** Everybody, among those whom an image or a snapshot is shared with. */
export const EVERYBODY = 'all';

/**
 * The image that a launch names. Other accounts' public images are not kept: any well-formed ID names one, which is
 * known from its first launch on.
 * @throws AwsError InvalidAMIID.Malformed, InvalidAMIID.Unavailable for one of the account's own that is gone
 */
export function imageForLaunch(imageId: string, { state, region }: MemoryContext): ImageRecord {
  assertWellFormed(IMAGE, imageId);
  if (state.ec2.deregisteredImages.has(imageId)) throw unavailable(imageId);
  return (
    state.ec2.images.get(imageId) ?? {
      imageId,
      name: `public-image-${imageId.slice('ami-'.length)}`,
      ownerId: AMAZON,
      creationDate: new Date('2026-01-01T00:00:00.000Z'),
      rootDeviceName: '/dev/xvda',
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          snapshotId: foreignSnapshotId(imageId),
          volumeSize: 8,
          volumeType: 'gp3',
          iops: 3000,
          throughput: 125,
          encrypted: false,
          kmsKeyId: undefined,
          deleteOnTermination: true,
        },
      ],
      architecture: 'x86_64',
      region,
      sourceInstanceId: undefined,
      sourceImage: undefined,
      sharedWith: new Set([EVERYBODY]),
      description: '',
      deprecationTime: undefined,
    }
  );
}

/** @throws AwsError InvalidAMIID.Malformed, InvalidAMIID.NotFound */
export function requireImage(imageId: string, state: Ec2State): ImageRecord {
  assertExists(IMAGE, imageId, state);
  const image = state.images.get(imageId);
  if (image) return image;
  throw new AwsError(IMAGE.notFound, IMAGE.describe(imageId));
}

/**
 * An image of the account's own, which it may change.
 * @throws AwsError InvalidAMIID.Malformed, InvalidAMIID.NotFound, InvalidAMIID.Unavailable, AuthFailure
 */
export function requireOwnImage(imageId: string, { state, accountId }: MemoryContext): ImageRecord {
  if (state.ec2.deregisteredImages.has(imageId)) throw unavailable(imageId);
  const image = requireImage(imageId, state.ec2);
  if (image.ownerId === accountId) return image;
  throw new AwsError('AuthFailure', `Not authorized for image:${imageId}`, { statusCode: 403 });
}

function unavailable(imageId: string): AwsError {
  return new AwsError('InvalidAMIID.Unavailable', `The image id '[${imageId}]' is no longer available`);
}

/** @throws AwsError InvalidAMIName.Malformed, InvalidAMIName.Duplicate */
export function assertImageName(name: string, { state, accountId, region }: MemoryContext): void {
  if (!/^[\w ()[\]./'@-]{3,128}$/.test(name)) {
    throw new AwsError(
      'InvalidAMIName.Malformed',
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '[', ']', ' ', '.', '/', '-', ''', '@' and '_'",
    );
  }
  const taken = [...state.ec2.images.values()].find(
    (image) => image.name === name && image.ownerId === accountId && image.region === region,
  );
  if (taken === undefined) return;
  throw new AwsError(
    'InvalidAMIName.Duplicate',
    `AMI name ${name} is already in use by AMI ${taken.imageId}`,
  );
}

export type NewImage = Pick<
  ImageRecord,
  | 'name'
  | 'description'
  | 'rootDeviceName'
  | 'blockDevices'
  | 'architecture'
  | 'sourceInstanceId'
  | 'sourceImage'
>;

/** Makes an image that is available at once. The caller has checked its name. */
export function createImageRecord(image: NewImage, context: MemoryContext): ImageRecord {
  const record: ImageRecord = {
    ...image,
    imageId: newId(IMAGE, context),
    ownerId: context.accountId,
    creationDate: context.clock.now(),
    region: context.region,
    sharedWith: new Set(),
    deprecationTime: undefined,
  };
  context.state.ec2.images.set(record.imageId, record);
  return record;
}

/** An image as DescribeImages shows it. */
export function viewImage(image: ImageRecord, { state, accountId }: MemoryContext): JsonObject {
  const isAmazons = image.ownerId === AMAZON;
  return {
    ImageId: image.imageId,
    ImageLocation: isAmazons ? `amazon/${image.name}` : `${accountId}/${image.name}`,
    Name: image.name,
    ...(image.description ? { Description: image.description } : {}),
    OwnerId: image.ownerId,
    ...(isAmazons ? { ImageOwnerAlias: 'amazon' } : {}),
    Public: image.sharedWith.has(EVERYBODY),
    State: 'available',
    CreationDate: image.creationDate.toISOString(),
    Architecture: image.architecture,
    ImageType: 'machine',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    RootDeviceName: image.rootDeviceName,
    RootDeviceType: 'ebs',
    BlockDeviceMappings: image.blockDevices.map(viewImageDevice),
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    SriovNetSupport: 'simple',
    ...(image.deprecationTime ? { DeprecationTime: image.deprecationTime.toISOString() } : {}),
    ...(image.sourceInstanceId === undefined ? {} : { SourceInstanceId: image.sourceInstanceId }),
    ...(image.sourceImage
      ? { SourceImageId: image.sourceImage.imageId, SourceImageRegion: image.sourceImage.region }
      : {}),
    Tags: tagList(state.ec2, image.imageId),
  };
}

export function viewImageDevice(device: BlockDevice): JsonObject {
  return {
    DeviceName: device.deviceName,
    Ebs: {
      DeleteOnTermination: device.deleteOnTermination,
      ...(device.snapshotId === undefined ? {} : { SnapshotId: device.snapshotId }),
      VolumeSize: device.volumeSize,
      VolumeType: device.volumeType,
      Encrypted: device.encrypted,
      ...(device.kmsKeyId === undefined ? {} : { KmsKeyId: device.kmsKeyId }),
      ...(device.iops === undefined ? {} : { Iops: device.iops }),
      ...(device.throughput === undefined ? {} : { Throughput: device.throughput }),
    },
  };
}
