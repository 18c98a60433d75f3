import { z } from 'zod';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireSnapshot } from '../snapshots.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetSnapshotAttribute.html */
export const resetSnapshotAttribute = ec2Operation({
  input: { SnapshotId: text, Attribute: z.literal('createVolumePermission') },
  run: ({ SnapshotId }, { state }) => {
    requireSnapshot(SnapshotId, state.ec2).sharedWith.clear();
    return {};
  },
});
