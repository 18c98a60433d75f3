import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { once } from '../answers.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertImageName, createImageRecord, requireImage } from '../images.ts';
import { IMAGE, SNAPSHOT } from '../resource-ids.ts';
import { COPIED_VOLUME, createSnapshotRecord } from '../snapshots.ts';
import type { BlockDevice } from '../storage-state.ts';
import { putTags, specifiedTags, tagList, tagSpecifications } from '../tags.ts';
import { keyArn } from '../volumes.ts';

/**
 * The copy has snapshots of its own, and is there at once. Permissions are not copied.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html
 */
export const copyImage = ec2Operation({
  input: {
    SourceImageId: text,
    SourceRegion: text,
    Name: text,
    Description: text.default(''),
    Encrypted: flag.default(false),
    KmsKeyId: text.optional(),
    CopyImageTags: flag.default(false),
    ClientToken: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) =>
    once({ operation: 'CopyImage', token: input.ClientToken, request: input }, context, () => {
      const { ec2 } = context.state;
      const source = requireImage(input.SourceImageId, ec2);
      assertImageName(input.Name, context);
      if (input.KmsKeyId !== undefined && !input.Encrypted) {
        throw new AwsError(
          'InvalidParameterCombination',
          'The parameter KmsKeyId requires the parameter Encrypted to be set.',
        );
      }
      const types = [IMAGE.resourceType, SNAPSHOT.resourceType];
      const imageTags = specifiedTags(input.TagSpecifications, IMAGE.resourceType, types);
      const snapshotTags = specifiedTags(input.TagSpecifications, SNAPSHOT.resourceType, types);
      const image = createImageRecord(
        {
          name: input.Name,
          description: input.Description,
          rootDeviceName: source.rootDeviceName,
          blockDevices: source.blockDevices.map((device) => {
            const copy = copyDevice(device, input, context);
            if (copy.snapshotId !== undefined) putTags(ec2, copy.snapshotId, snapshotTags);
            return copy;
          }),
          architecture: source.architecture,
          sourceInstanceId: undefined,
          sourceImage: { imageId: source.imageId, region: input.SourceRegion },
        },
        context,
      );
      if (input.CopyImageTags) putTags(ec2, image.imageId, tagList(ec2, source.imageId));
      putTags(ec2, image.imageId, imageTags);
      return { ImageId: image.imageId };
    }),
});

interface Copying {
  readonly Encrypted: boolean;
  readonly KmsKeyId?: string | undefined;
  readonly SourceImageId: string;
}

function copyDevice(device: BlockDevice, request: Copying, context: MemoryContext): BlockDevice {
  if (device.snapshotId === undefined) return device;
  const encrypted = device.encrypted || request.Encrypted || context.state.ec2.encryptsByDefault;
  const kmsKeyId = encrypted ? keyArn(request.KmsKeyId ?? device.kmsKeyId, context) : undefined;
  const { snapshotId } = createSnapshotRecord(
    {
      volumeId: COPIED_VOLUME,
      volumeSize: device.volumeSize,
      encrypted,
      kmsKeyId,
      description: `Copied for DestinationAmi from SourceAmi ${request.SourceImageId} for SourceSnapshot ${device.snapshotId}.`,
    },
    context,
  );
  return { ...device, snapshotId, encrypted, kmsKeyId };
}
