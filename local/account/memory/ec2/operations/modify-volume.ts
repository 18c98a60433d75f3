import { AwsError } from '../../../../aws-error.ts';
import { integer, text } from '../../input.ts';
import { volumeSettings } from '../block-devices.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireVolume } from '../volumes.ts';

/**
 * The answer says `modifying`; from the next call on the modification is `completed`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html
 */
export const modifyVolume = ec2Operation({
  input: {
    VolumeId: text,
    Size: integer.optional(),
    VolumeType: text.optional(),
    Iops: integer.optional(),
    Throughput: integer.optional(),
  },
  run: (input, context) => {
    const volume = requireVolume(input.VolumeId, context.state.ec2);
    const { volumeSize, volumeType, iops, throughput } = volume;
    const keepsType = input.VolumeType === undefined || input.VolumeType === volumeType;
    const target = volumeSettings(
      {
        snapshotId: undefined,
        volumeSize: input.Size ?? volumeSize,
        volumeType: input.VolumeType ?? volumeType,
        iops: input.Iops ?? (keepsType && volumeType !== 'gp2' ? iops : undefined),
        throughput: input.Throughput ?? (keepsType ? throughput : undefined),
      },
      context,
    );
    if (target.volumeSize < volumeSize) {
      throw new AwsError(
        'InvalidParameterValue',
        `New size cannot be smaller than existing size ${volumeSize}`,
      );
    }
    const modification = {
      VolumeId: input.VolumeId,
      ModificationState: 'modifying',
      OriginalSize: volumeSize,
      OriginalVolumeType: volumeType,
      OriginalIops: iops,
      OriginalThroughput: throughput,
      TargetSize: target.volumeSize,
      TargetVolumeType: target.volumeType,
      TargetIops: target.iops,
      TargetThroughput: target.throughput,
      Progress: 0,
      StartTime: context.clock.now(),
    };
    volume.volumeSize = target.volumeSize;
    volume.volumeType = target.volumeType;
    volume.iops = target.iops;
    volume.throughput = target.throughput;
    volume.modification = modification;
    return { VolumeModification: modification };
  },
});
