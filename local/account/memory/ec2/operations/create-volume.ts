import { AwsError } from '../../../../aws-error.ts';
import { flag, integer, text } from '../../input.ts';
import { once } from '../answers.ts';
import { volumeSettings } from '../block-devices.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { VOLUME } from '../resource-ids.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';
import { createVolumeRecord, viewVolume } from '../volumes.ts';

/**
 * The answer says `creating`; from the next call on the volume is `available`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
 */
export const createVolume = ec2Operation({
  input: {
    AvailabilityZone: text,
    Size: integer.optional(),
    SnapshotId: text.optional(),
    VolumeType: text.optional(),
    Iops: integer.optional(),
    Throughput: integer.optional(),
    Encrypted: flag.default(false),
    KmsKeyId: text.optional(),
    ClientToken: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) =>
    once({ operation: 'CreateVolume', token: input.ClientToken, request: input }, context, () => {
      const { ec2 } = context.state;
      const zone = zoneOf(input.AvailabilityZone, context.region);
      const { SnapshotId: snapshotId, Size: volumeSize, VolumeType: volumeType } = input;
      const settings = volumeSettings(
        { snapshotId, volumeSize, volumeType, iops: input.Iops, throughput: input.Throughput },
        context,
      );
      const source = snapshotId === undefined ? undefined : ec2.snapshots.get(snapshotId);
      const tags = specifiedTags(input.TagSpecifications, VOLUME.resourceType);
      const volume = createVolumeRecord(
        {
          ...settings,
          zone,
          encrypted: input.Encrypted || (source?.encrypted ?? false),
          kmsKeyId: input.KmsKeyId ?? source?.kmsKeyId,
        },
        context,
      );
      putTags(ec2, volume.volumeId, tags);
      return { ...viewVolume(volume, context), State: 'creating' };
    }),
});

function zoneOf(availabilityZone: string, region: string): string {
  const zone = availabilityZone.slice(region.length);
  if (availabilityZone.startsWith(region) && /^[a-f]$/.test(zone)) return zone;
  throw new AwsError('InvalidZone.NotFound', `The zone '${availabilityZone}' does not exist.`);
}
