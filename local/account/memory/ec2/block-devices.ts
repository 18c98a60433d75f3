import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag, integer, text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { assertExists, SNAPSHOT } from './resource-ids.ts';
import type { BlockDevice } from './storage-state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html */
const ebs = z.strictObject({
  DeleteOnTermination: flag.optional(),
  Encrypted: flag.optional(),
  Iops: integer.optional(),
  KmsKeyId: text.optional(),
  SnapshotId: text.optional(),
  Throughput: integer.optional(),
  VolumeSize: integer.optional(),
  VolumeType: text.optional(),
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockDeviceMapping.html (instance stores are left out) */
export const blockDeviceMappings = z
  .array(z.strictObject({ DeviceName: text, Ebs: ebs.optional(), NoDevice: text.optional() }))
  .default([]);

type Mappings = z.output<typeof blockDeviceMappings>;
type Ebs = z.output<typeof ebs>;

/** GiB, and how many I/O operations a second may be asked for. */
const TYPES: Readonly<Record<string, { min: number; max: number; iops?: readonly [number, number] }>> = {
  gp2: { min: 1, max: 16_384 },
  gp3: { min: 1, max: 65_536, iops: [3000, 80_000] },
  io1: { min: 4, max: 16_384, iops: [100, 64_000] },
  io2: { min: 4, max: 65_536, iops: [100, 256_000] },
  st1: { min: 125, max: 16_384 },
  sc1: { min: 125, max: 16_384 },
  standard: { min: 1, max: 1024 },
};

const EMPTY: Omit<BlockDevice, 'deviceName'> = {
  snapshotId: undefined,
  volumeSize: 8,
  volumeType: 'gp2',
  iops: undefined,
  throughput: undefined,
  encrypted: false,
  kmsKeyId: undefined,
  deleteOnTermination: true,
};

/**
 * The devices of an image, as a launch or a new image overrides them; `NoDevice` leaves one out.
 * @throws AwsError InvalidBlockDeviceMapping, InvalidParameterValue, InvalidSnapshot.NotFound
 */
export function planBlockDevices(
  devices: readonly BlockDevice[],
  mappings: Mappings,
  context: MemoryContext,
): readonly BlockDevice[] {
  const planned = new Map(devices.map((device) => [device.deviceName, device]));
  for (const { DeviceName, Ebs, NoDevice } of mappings) {
    if (NoDevice !== undefined) {
      planned.delete(DeviceName);
      continue;
    }
    const known = planned.get(DeviceName);
    planned.set(DeviceName, overridden(known ?? { ...EMPTY, deviceName: DeviceName }, Ebs ?? {}, context));
  }
  return [...planned.values()];
}

function overridden(device: BlockDevice, request: Ebs, context: MemoryContext): BlockDevice {
  const volume = volumeSettings(
    {
      volumeSize: request.VolumeSize ?? (request.SnapshotId === undefined ? device.volumeSize : undefined),
      volumeType: request.VolumeType ?? device.volumeType,
      snapshotId: request.SnapshotId ?? device.snapshotId,
      iops: request.Iops ?? (request.VolumeType === undefined ? device.iops : undefined),
      throughput: request.Throughput ?? (request.VolumeType === undefined ? device.throughput : undefined),
    },
    context,
  );
  if (volume.volumeSize < device.volumeSize && device.snapshotId === volume.snapshotId && device.snapshotId) {
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${volume.volumeSize}GB is smaller than snapshot '${device.snapshotId}', expect size >= ${device.volumeSize}GB`,
    );
  }
  return {
    ...volume,
    deviceName: device.deviceName,
    encrypted: device.encrypted || (request.Encrypted ?? false),
    kmsKeyId: request.KmsKeyId ?? device.kmsKeyId,
    deleteOnTermination: request.DeleteOnTermination ?? device.deleteOnTermination,
  };
}

export interface VolumeRequest {
  readonly volumeSize: number | undefined;
  readonly volumeType: string | undefined;
  readonly snapshotId: string | undefined;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
}

/**
 * What a volume of these parameters is, with the defaults of its type.
 * @throws AwsError MissingParameter, InvalidParameterValue, InvalidParameterCombination, InvalidSnapshot.NotFound
 */
export function volumeSettings(request: VolumeRequest, { state }: MemoryContext) {
  const { volumeType = 'gp2', snapshotId } = request;
  const type = Object.hasOwn(TYPES, volumeType) ? TYPES[volumeType] : undefined;
  if (type === undefined) {
    throw invalid(
      `Value (${volumeType}) for parameter volumeType is invalid. ${volumeType} is not a valid volume type.`,
    );
  }
  const snapshot = snapshotId === undefined ? undefined : state.ec2.snapshots.get(snapshotId);
  // The snapshots of other accounts' public images are not modelled: their sizes come with the image.
  if (snapshotId !== undefined && !isForeign(snapshotId)) assertExists(SNAPSHOT, snapshotId, state.ec2);
  const volumeSize = request.volumeSize ?? snapshot?.volumeSize;
  if (volumeSize === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter size or snapshotId');
  }
  if (volumeSize < type.min || volumeSize > type.max) {
    throw invalid(
      `Volume of ${volumeSize}GiB is invalid for type ${volumeType}. Expected ${type.min} to ${type.max}GiB.`,
    );
  }
  if (snapshot && volumeSize < snapshot.volumeSize) {
    throw invalid(
      `Volume of size ${volumeSize}GB is smaller than snapshot '${snapshotId}', expect size >= ${snapshot.volumeSize}GB`,
    );
  }
  return {
    volumeSize,
    volumeType,
    snapshotId,
    iops: iopsOf(request.iops, { volumeSize, volumeType, limits: type.iops }),
    throughput: throughputOf(request.throughput, volumeType),
  };
}

const FOREIGN_SNAPSHOT = 'snap-0ffffffff';

/** The snapshot that a public image of another account's would name. */
export function foreignSnapshotId(imageId: string): string {
  return `${FOREIGN_SNAPSHOT}${imageId.slice(-8)}`;
}

function isForeign(snapshotId: string): boolean {
  return snapshotId.startsWith(FOREIGN_SNAPSHOT);
}

function iopsOf(
  wanted: number | undefined,
  volume: { volumeSize: number; volumeType: string; limits: readonly [number, number] | undefined },
): number | undefined {
  const { volumeSize, volumeType, limits } = volume;
  if (limits === undefined) {
    if (wanted !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        `The parameter iops is not supported for ${volumeType} volumes.`,
      );
    }
    return volumeType === 'gp2' ? Math.min(16_000, Math.max(100, volumeSize * 3)) : undefined;
  }
  if (wanted === undefined && volumeType !== 'gp3') {
    throw new AwsError('MissingParameter', `The parameter iops must be specified for ${volumeType} volumes.`);
  }
  const iops = wanted ?? limits[0];
  if (iops < limits[0] || iops > limits[1]) {
    throw invalid(
      `Volume iops of ${iops} is invalid. Expected ${limits[0]} to ${limits[1]} for ${volumeType}.`,
    );
  }
  return iops;
}

function throughputOf(wanted: number | undefined, volumeType: string): number | undefined {
  if (volumeType === 'gp3') {
    if (wanted !== undefined && (wanted < 125 || wanted > 2000)) {
      throw invalid(`Throughput of ${wanted} is invalid. Expected 125 to 2000 MiB/s.`);
    }
    return wanted ?? 125;
  }
  if (wanted === undefined) return undefined;
  throw new AwsError(
    'InvalidParameterCombination',
    `The parameter throughput is not supported for ${volumeType} volumes.`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
