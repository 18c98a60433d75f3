import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { imagesOfSnapshot, requireSnapshot } from '../snapshots.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html */
export const deleteSnapshot = ec2Operation({
  input: { SnapshotId: text },
  run: ({ SnapshotId }, { state: { ec2 } }) => {
    requireSnapshot(SnapshotId, ec2);
    const [image] = imagesOfSnapshot(SnapshotId, ec2);
    if (image) {
      throw new AwsError(
        'InvalidSnapshot.InUse',
        `The snapshot ${SnapshotId} is currently in use by ${image.imageId}`,
      );
    }
    ec2.snapshots.delete(SnapshotId);
    ec2.tags.delete(SnapshotId);
    return {};
  },
});
