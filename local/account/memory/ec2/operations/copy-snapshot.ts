import { flag, text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { SNAPSHOT } from '../resource-ids.ts';
import { COPIED_VOLUME, createSnapshotRecord, requireSnapshot } from '../snapshots.ts';
import { putTags, specifiedTags, tagList, tagSpecifications } from '../tags.ts';
import { keyArn } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html */
export const copySnapshot = ec2Operation({
  input: {
    SourceSnapshotId: text,
    SourceRegion: text,
    DestinationRegion: text.optional(),
    Description: text.optional(),
    Encrypted: flag.default(false),
    KmsKeyId: text.optional(),
    PresignedUrl: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) => {
    const { ec2 } = context.state;
    const source = requireSnapshot(input.SourceSnapshotId, ec2);
    const tags = specifiedTags(input.TagSpecifications, SNAPSHOT.resourceType);
    const encrypted = source.encrypted || input.Encrypted || ec2.encryptsByDefault;
    const copy = createSnapshotRecord(
      {
        volumeId: COPIED_VOLUME,
        volumeSize: source.volumeSize,
        encrypted,
        kmsKeyId: encrypted ? keyArn(input.KmsKeyId ?? source.kmsKeyId, context) : undefined,
        description: input.Description ?? `[Copied ${source.snapshotId} from ${input.SourceRegion}]`,
      },
      context,
    );
    putTags(ec2, copy.snapshotId, tags);
    return { SnapshotId: copy.snapshotId, Tags: tagList(ec2, copy.snapshotId) };
  },
});
