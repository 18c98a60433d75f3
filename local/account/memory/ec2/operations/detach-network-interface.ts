import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachNetworkInterface.html */
export const detachNetworkInterface = ec2Operation({
  input: { AttachmentId: text, Force: flag.optional() },
  run: ({ AttachmentId }, { state: { ec2 } }) => {
    const target = [...ec2.interfaces.values()].find(
      ({ attachment }) => attachment?.attachmentId === AttachmentId,
    );
    if (target?.attachment === undefined) {
      throw new AwsError(
        'InvalidAttachmentID.NotFound',
        `The network interface attachment ID '${AttachmentId}' does not exist`,
      );
    }
    if (target.attachment.deviceIndex === 0) {
      throw new AwsError(
        'OperationNotPermitted',
        'The network interface at device index 0 and networkCard index 0 cannot be detached.',
      );
    }
    target.attachment = undefined;
    target.publicIpAddress = undefined;
    return {};
  },
});
