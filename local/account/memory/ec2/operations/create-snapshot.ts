import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { SNAPSHOT } from '../resource-ids.ts';
import { createSnapshotRecord, viewSnapshot } from '../snapshots.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';
import { requireVolume } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html */
export const createSnapshot = ec2Operation({
  input: { VolumeId: text, Description: text.default(''), TagSpecifications: tagSpecifications.optional() },
  run: ({ VolumeId, Description, TagSpecifications }, context) => {
    const { volumeSize, encrypted, kmsKeyId } = requireVolume(VolumeId, context.state.ec2);
    const tags = specifiedTags(TagSpecifications, SNAPSHOT.resourceType);
    const snapshot = createSnapshotRecord(
      { volumeId: VolumeId, volumeSize, encrypted, kmsKeyId, description: Description },
      context,
    );
    putTags(context.state.ec2, snapshot.snapshotId, tags);
    return viewSnapshot(snapshot, 'pending', context);
  },
});
