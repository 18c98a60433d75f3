import { AwsError } from '../../../../aws-error.ts';
import { integer, text } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import { interfacesOf, requireInterface } from '../interfaces.ts';
import { newId } from '../resource-ids.ts';

/**
 * Only network card 0: no instance here has more.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html
 */
export const attachNetworkInterface = ec2Operation({
  input: {
    NetworkInterfaceId: text,
    InstanceId: text,
    DeviceIndex: integer.refine((index) => index >= 0, 'Expected 0 or more.'),
    NetworkCardIndex: integer
      .refine((index) => index === 0, 'The instance has network card 0 only.')
      .optional(),
  },
  run: ({ NetworkInterfaceId, InstanceId, DeviceIndex }, context) => {
    const { ec2 } = context.state;
    const target = requireInterface(NetworkInterfaceId, ec2);
    const [instance] = requireInstances([InstanceId], context);
    if (instance?.state !== 'running' && instance?.state !== 'stopped') {
      throw new AwsError('IncorrectState', `Instance '${InstanceId}' is not 'running' or 'stopped'`);
    }
    if (target.attachment) {
      throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${NetworkInterfaceId}] in use.`);
    }
    if (ec2.subnets.get(target.subnetId)?.zone !== instance.zone) {
      throw new AwsError(
        'InvalidParameterCombination',
        'You may not attach a network interface to an instance if they are not in the same availability zone',
      );
    }
    if (interfacesOf(InstanceId, ec2).some(({ attachment }) => attachment?.deviceIndex === DeviceIndex)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Instance '${InstanceId}' already has an interface attached at device index '${DeviceIndex}'.`,
      );
    }
    target.attachment = {
      attachmentId: newId({ prefix: 'eni-attach' }, context),
      instanceId: InstanceId,
      deviceIndex: DeviceIndex,
      attachTime: wholeSeconds(context.clock.now()),
      deleteOnTermination: false,
    };
    return { AttachmentId: target.attachment.attachmentId, NetworkCardIndex: 0 };
  },
});
