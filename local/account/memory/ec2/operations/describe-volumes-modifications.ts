import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { VOLUME } from '../resource-ids.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumesModifications.html */
export const describeVolumesModifications = ec2Operation({
  input: { VolumeIds: idList, ...describeInput },
  run: ({ VolumeIds, ...input }, context) => {
    const { items, next } = describeResources(
      {
        kind: VOLUME,
        all: () => [...context.state.ec2.volumes.values()].filter((volume) => volume.modification),
        idOf: (volume) => volume.volumeId,
        table: { 'volume-id': (volume) => volume.volumeId, 'modification-state': () => 'completed' },
      },
      { ...input, ids: VolumeIds },
      context,
    );
    return {
      VolumesModifications: items.map(({ modification }) => ({
        ...modification,
        ModificationState: 'completed',
        Progress: 100,
        EndTime: modification?.StartTime,
      })),
      ...next,
    };
  },
});
