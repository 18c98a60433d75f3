import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { flag, text, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertGroups, requireInterface } from '../interfaces.ts';

/** One attribute a call. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html */
export const modifyNetworkInterfaceAttribute = ec2Operation({
  input: {
    NetworkInterfaceId: text,
    Groups: texts.optional(),
    Description: z.strictObject({ Value: text }).optional(),
    SourceDestCheck: z.strictObject({ Value: flag }).optional(),
    Attachment: z.strictObject({ AttachmentId: text, DeleteOnTermination: flag }).optional(),
  },
  run: ({ NetworkInterfaceId, ...changes }, { state: { ec2 } }) => {
    const target = requireInterface(NetworkInterfaceId, ec2);
    if (Object.values(changes).filter((value) => value !== undefined).length !== 1) {
      throw new AwsError(
        'InvalidParameterCombination',
        'Exactly one attribute of a network interface can be modified in a call.',
      );
    }
    if (changes.Groups) {
      assertGroups(changes.Groups, target.vpcId, ec2);
      target.groupIds = [...new Set(changes.Groups)];
    }
    if (changes.Description) target.description = changes.Description.Value;
    if (changes.SourceDestCheck) target.sourceDestCheck = changes.SourceDestCheck.Value;
    if (changes.Attachment) {
      const { AttachmentId, DeleteOnTermination } = changes.Attachment;
      if (target.attachment?.attachmentId !== AttachmentId) {
        throw new AwsError(
          'InvalidAttachmentID.NotFound',
          `The network interface attachment ID '${AttachmentId}' does not exist`,
        );
      }
      target.attachment.deleteOnTermination = DeleteOnTermination;
    }
    return {};
  },
});
