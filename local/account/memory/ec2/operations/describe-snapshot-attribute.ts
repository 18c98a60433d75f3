import { z } from 'zod';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { viewSharing } from '../sharing.ts';
import { requireSnapshot } from '../snapshots.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotAttribute.html */
export const describeSnapshotAttribute = ec2Operation({
  input: { SnapshotId: text, Attribute: z.enum(['createVolumePermission', 'productCodes']) },
  run: ({ SnapshotId, Attribute }, { state }) => {
    const { sharedWith } = requireSnapshot(SnapshotId, state.ec2);
    return Attribute === 'productCodes'
      ? { SnapshotId, ProductCodes: [] }
      : { SnapshotId, CreateVolumePermissions: viewSharing(sharedWith) };
  },
});
