import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import { attach, requireVolume, viewVolumeAttachment, volumesOf } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVolume.html */
export const attachVolume = ec2Operation({
  input: { VolumeId: text, InstanceId: text, Device: text },
  run: ({ VolumeId, InstanceId, Device }, context) => {
    const { ec2 } = context.state;
    const volume = requireVolume(VolumeId, ec2);
    const [instance] = requireInstances([InstanceId], context);
    if (instance?.state !== 'running' && instance?.state !== 'stopped') {
      throw new AwsError('IncorrectState', `Instance '${InstanceId}' is not 'running' or 'stopped'`);
    }
    if (volume.attachment) {
      throw new AwsError('VolumeInUse', `${VolumeId} is already attached to an instance`);
    }
    if (instance.zone !== volume.zone) {
      throw new AwsError(
        'InvalidVolume.ZoneMismatch',
        `The volume '${VolumeId}' is not in the same availability zone as instance '${InstanceId}'`,
      );
    }
    if (volumesOf(InstanceId, ec2).some(({ attachment }) => attachment?.device === Device)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Invalid value '${Device}' for unixDevice. Attachment point ${Device} is already in use`,
      );
    }
    attach(volume, { instanceId: InstanceId, device: Device, deleteOnTermination: false }, context);
    return viewVolumeAttachment(volume, 'attaching');
  },
});
