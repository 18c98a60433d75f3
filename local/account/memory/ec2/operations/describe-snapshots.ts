import { texts } from '../../input.ts';
import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import type { FilterTable } from '../filters.ts';
import { SNAPSHOT } from '../resource-ids.ts';
import { viewSnapshot } from '../snapshots.ts';
import type { SnapshotRecord } from '../storage-state.ts';

/**
 * The account's own snapshots: others' are not modelled.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html
 */
export const describeSnapshots = ec2Operation({
  input: {
    SnapshotIds: idList,
    OwnerIds: texts.optional(),
    RestorableByUserIds: texts.optional(),
    ...describeInput,
  },
  run: ({ SnapshotIds, OwnerIds, RestorableByUserIds, ...input }, context) => {
    const { state, accountId } = context;
    const isOwn = !OwnerIds?.length || OwnerIds.some((id) => id === 'self' || id === accountId);
    const mayRestore = (snapshot: SnapshotRecord) =>
      !RestorableByUserIds?.length ||
      RestorableByUserIds.some((id) => id === 'self' || id === accountId || snapshot.sharedWith.has(id));
    const { items, next } = describeResources(
      {
        kind: SNAPSHOT,
        all: () => [...state.ec2.snapshots.values()].filter((each) => isOwn && mayRestore(each)),
        idOf: (snapshot) => snapshot.snapshotId,
        table: { ...filterTable, 'owner-id': () => accountId },
      },
      { ...input, ids: SnapshotIds },
      context,
    );
    return { Snapshots: items.map((snapshot) => viewSnapshot(snapshot, 'completed', context)), ...next };
  },
});

const filterTable: FilterTable<SnapshotRecord> = {
  'snapshot-id': (snapshot) => snapshot.snapshotId,
  'volume-id': (snapshot) => snapshot.volumeId,
  'volume-size': (snapshot) => snapshot.volumeSize,
  description: (snapshot) => snapshot.description,
  encrypted: (snapshot) => snapshot.encrypted,
  'start-time': (snapshot) => snapshot.startTime.toISOString(),
  status: () => 'completed',
  progress: () => '100%',
  'storage-tier': () => 'standard',
};
