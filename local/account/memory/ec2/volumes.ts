import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { wholeSeconds } from '../times.ts';
import { assertExists, newId, VOLUME } from './resource-ids.ts';
import type { Ec2State } from './state.ts';
import type { BlockDevice, VolumeRecord } from './storage-state.ts';
import { tagList } from './tags.ts';

export type NewVolume = Omit<BlockDevice, 'deviceName' | 'deleteOnTermination'> & { readonly zone: string };

/** Makes a volume that is available at once: creation takes no time here. */
export function createVolumeRecord(volume: NewVolume, context: MemoryContext): VolumeRecord {
  const { ec2 } = context.state;
  const encrypted = volume.encrypted || ec2.encryptsByDefault;
  const record: VolumeRecord = {
    ...volume,
    encrypted,
    kmsKeyId: encrypted ? keyArn(volume.kmsKeyId, context) : undefined,
    volumeId: newId(VOLUME, context),
    region: context.region,
    createTime: context.clock.now(),
    attachment: undefined,
    modification: undefined,
  };
  ec2.volumes.set(record.volumeId, record);
  return record;
}

/** The ID of AWS's own key for EBS is made up, but is the same for all. */
const EBS_KEY = 'e85e85e8-5e85-4e85-8e85-e85e85e85e85';

/** The ARN of the key that is named by its ARN, ID or alias; AWS's own for EBS where none is. */
export function keyArn(key: string | undefined, { region, accountId }: MemoryContext): string {
  if (key?.startsWith('arn:')) return key;
  const isDefault = key === undefined || key === 'alias/aws/ebs';
  const resource = isDefault ? `key/${EBS_KEY}` : key.startsWith('alias/') ? key : `key/${key}`;
  return `arn:aws:kms:${region}:${accountId}:${resource}`;
}

export function attach(
  volume: VolumeRecord,
  to: { instanceId: string; device: string; deleteOnTermination: boolean },
  { clock }: MemoryContext,
): void {
  volume.attachment = { ...to, attachTime: wholeSeconds(clock.now()) };
}

/** @throws AwsError InvalidParameterValue, InvalidVolume.NotFound */
export function requireVolume(volumeId: string, state: Ec2State): VolumeRecord {
  assertExists(VOLUME, volumeId, state);
  const volume = state.volumes.get(volumeId);
  if (volume) return volume;
  throw new AwsError(VOLUME.notFound, VOLUME.describe(volumeId));
}

/** The volumes of an instance, in the order in which it got them. */
export function volumesOf(instanceId: string, state: Ec2State): VolumeRecord[] {
  return [...state.volumes.values()].filter(({ attachment }) => attachment?.instanceId === instanceId);
}

/** Lets go of the volumes of an instance that is terminated: those that go with it are deleted. */
export function releaseVolumes(instanceId: string, state: Ec2State): void {
  for (const volume of volumesOf(instanceId, state)) {
    const isDeleted = volume.attachment?.deleteOnTermination;
    volume.attachment = undefined;
    if (!isDeleted) continue;
    state.volumes.delete(volume.volumeId);
    state.tags.delete(volume.volumeId);
  }
}

/** `BlockDeviceMappings` of an instance. */
export function viewDevices(instanceId: string, state: Ec2State): JsonObject[] {
  return volumesOf(instanceId, state).map(({ volumeId, attachment }) => ({
    DeviceName: attachment?.device,
    Ebs: {
      VolumeId: volumeId,
      Status: 'attached',
      AttachTime: attachment?.attachTime,
      DeleteOnTermination: attachment?.deleteOnTermination,
    },
  }));
}

/** A volume as DescribeVolumes shows it. */
export function viewVolume(volume: VolumeRecord, { state }: MemoryContext): JsonObject {
  return {
    VolumeId: volume.volumeId,
    Size: volume.volumeSize,
    SnapshotId: volume.snapshotId ?? '',
    AvailabilityZone: `${volume.region}${volume.zone}`,
    State: volume.attachment ? 'in-use' : 'available',
    CreateTime: volume.createTime,
    Attachments: volume.attachment ? [viewVolumeAttachment(volume, 'attached')] : [],
    Encrypted: volume.encrypted,
    ...(volume.kmsKeyId === undefined ? {} : { KmsKeyId: volume.kmsKeyId }),
    VolumeType: volume.volumeType,
    ...(volume.iops === undefined ? {} : { Iops: volume.iops }),
    ...(volume.throughput === undefined ? {} : { Throughput: volume.throughput }),
    MultiAttachEnabled: false,
    Tags: tagList(state.ec2, volume.volumeId),
  };
}

export function viewVolumeAttachment(
  { volumeId, attachment }: VolumeRecord,
  state: 'attaching' | 'attached' | 'detaching',
): JsonObject {
  return {
    VolumeId: volumeId,
    InstanceId: attachment?.instanceId,
    Device: attachment?.device,
    State: state,
    AttachTime: attachment?.attachTime,
    DeleteOnTermination: attachment?.deleteOnTermination,
  };
}
