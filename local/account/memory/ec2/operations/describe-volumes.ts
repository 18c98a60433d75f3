import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import type { FilterTable } from '../filters.ts';
import { VOLUME } from '../resource-ids.ts';
import type { VolumeRecord } from '../storage-state.ts';
import { viewVolume } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html */
export const describeVolumes = ec2Operation({
  input: { VolumeIds: idList, ...describeInput },
  run: ({ VolumeIds, ...input }, context) => {
    const { items, next } = describeResources(
      {
        kind: VOLUME,
        all: () => context.state.ec2.volumes.values(),
        idOf: (volume) => volume.volumeId,
        table: filterTable,
      },
      { ...input, ids: VolumeIds },
      context,
    );
    return { Volumes: items.map((volume) => viewVolume(volume, context)), ...next };
  },
});

const filterTable: FilterTable<VolumeRecord> = {
  'volume-id': (volume) => volume.volumeId,
  'volume-type': (volume) => volume.volumeType,
  size: (volume) => volume.volumeSize,
  status: (volume) => (volume.attachment ? 'in-use' : 'available'),
  encrypted: (volume) => volume.encrypted,
  'snapshot-id': (volume) => volume.snapshotId,
  'availability-zone': (volume) => `${volume.region}${volume.zone}`,
  'create-time': (volume) => volume.createTime.toISOString(),
  'multi-attach-enabled': () => false,
  'attachment.instance-id': (volume) => volume.attachment?.instanceId,
  'attachment.device': (volume) => volume.attachment?.device,
  'attachment.status': (volume) => (volume.attachment ? 'attached' : undefined),
  'attachment.delete-on-termination': (volume) => volume.attachment?.deleteOnTermination,
};
