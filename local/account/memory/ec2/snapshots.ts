import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { assertExists, newId, SNAPSHOT } from './resource-ids.ts';
import type { Ec2State } from './state.ts';
import type { ImageRecord, SnapshotRecord } from './storage-state.ts';
import { tagList } from './tags.ts';

/** A copy's volume ID is arbitrary, and names nothing. */
export const COPIED_VOLUME = 'vol-ffffffff';

export type NewSnapshot = Pick<
  SnapshotRecord,
  'volumeId' | 'volumeSize' | 'description' | 'encrypted' | 'kmsKeyId'
>;

/** Makes a snapshot that is completed at once. */
export function createSnapshotRecord(snapshot: NewSnapshot, context: MemoryContext): SnapshotRecord {
  const record: SnapshotRecord = {
    ...snapshot,
    snapshotId: newId(SNAPSHOT, context),
    startTime: context.clock.now(),
    region: context.region,
    sharedWith: new Set(),
  };
  context.state.ec2.snapshots.set(record.snapshotId, record);
  return record;
}

/** @throws AwsError InvalidParameterValue, InvalidSnapshot.NotFound */
export function requireSnapshot(snapshotId: string, state: Ec2State): SnapshotRecord {
  assertExists(SNAPSHOT, snapshotId, state);
  const snapshot = state.snapshots.get(snapshotId);
  if (snapshot) return snapshot;
  throw new AwsError(SNAPSHOT.notFound, SNAPSHOT.describe(snapshotId));
}

/** The images that are made of a snapshot. */
export function imagesOfSnapshot(snapshotId: string, state: Ec2State): ImageRecord[] {
  return [...state.images.values()].filter(({ blockDevices }) =>
    blockDevices.some((device) => device.snapshotId === snapshotId),
  );
}

/** A snapshot; the answer to its creation says `pending`, and from the next call on it is `completed`. */
export function viewSnapshot(
  snapshot: SnapshotRecord,
  state: 'pending' | 'completed',
  context: MemoryContext,
): JsonObject {
  return {
    SnapshotId: snapshot.snapshotId,
    VolumeId: snapshot.volumeId,
    VolumeSize: snapshot.volumeSize,
    Description: snapshot.description,
    StartTime: snapshot.startTime,
    State: state,
    Progress: state === 'completed' ? '100%' : '',
    OwnerId: context.accountId,
    Encrypted: snapshot.encrypted,
    ...(snapshot.kmsKeyId === undefined ? {} : { KmsKeyId: snapshot.kmsKeyId }),
    StorageTier: 'standard',
    Tags: tagList(context.state.ec2, snapshot.snapshotId),
  };
}
