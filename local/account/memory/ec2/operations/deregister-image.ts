import { flag, text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireOwnImage } from '../images.ts';
import { imagesOfSnapshot } from '../snapshots.ts';

/**
 * Its snapshots stay, unless they are asked to go with it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html
 */
export const deregisterImage = ec2Operation({
  input: { ImageId: text, DeleteAssociatedSnapshots: flag.default(false) },
  run: ({ ImageId, DeleteAssociatedSnapshots }, context) => {
    const { ec2 } = context.state;
    const image = requireOwnImage(ImageId, context);
    ec2.images.delete(ImageId);
    ec2.deregisteredImages.add(ImageId);
    ec2.tags.delete(ImageId);
    const snapshotIds = image.blockDevices.flatMap(({ snapshotId }) => snapshotId ?? []);
    const deleted = DeleteAssociatedSnapshots
      ? snapshotIds.filter((id) => imagesOfSnapshot(id, ec2).length === 0 && ec2.snapshots.delete(id))
      : [];
    for (const id of deleted) ec2.tags.delete(id);
    return {
      Return: true,
      DeleteSnapshotResults: deleted.map((SnapshotId) => ({ SnapshotId, ReturnCode: 'success' })),
    };
  },
});
