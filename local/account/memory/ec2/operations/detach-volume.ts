import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import { requireVolume, viewVolumeAttachment } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVolume.html */
export const detachVolume = ec2Operation({
  input: {
    VolumeId: text,
    InstanceId: text.optional(),
    Device: text.optional(),
    Force: flag.optional(),
  },
  run: ({ VolumeId, InstanceId, Device }, context) => {
    const volume = requireVolume(VolumeId, context.state.ec2);
    const { attachment } = volume;
    if (attachment === undefined) {
      throw new AwsError('IncorrectState', `Volume '${VolumeId}' is in the 'available' state.`);
    }
    const [instance] = requireInstances([InstanceId ?? attachment.instanceId], context);
    if (
      instance?.instanceId !== attachment.instanceId ||
      (Device ?? attachment.device) !== attachment.device
    ) {
      throw new AwsError(
        'InvalidAttachment.NotFound',
        `Volume '${VolumeId}' is not attached to instance '${InstanceId ?? ''}' as device '${Device ?? ''}'.`,
      );
    }
    if (instance.state === 'running' && attachment.device === instance.rootDeviceName) {
      throw new AwsError(
        'OperationNotPermitted',
        `Unable to detach root volume '${attachment.device}' from instance '${instance.instanceId}'`,
      );
    }
    const answer = viewVolumeAttachment(volume, 'detaching');
    volume.attachment = undefined;
    return answer;
  },
});
