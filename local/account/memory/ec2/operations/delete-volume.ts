import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireVolume } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVolume.html */
export const deleteVolume = ec2Operation({
  input: { VolumeId: text },
  run: ({ VolumeId }, { state: { ec2 } }) => {
    const { attachment } = requireVolume(VolumeId, ec2);
    if (attachment) {
      throw new AwsError(
        'VolumeInUse',
        `Volume ${VolumeId} is currently attached to ${attachment.instanceId}`,
      );
    }
    ec2.volumes.delete(VolumeId);
    ec2.tags.delete(VolumeId);
    return {};
  },
});
