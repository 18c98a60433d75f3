import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { imageForLaunch } from '../../ec2/images.ts';
import { requireInstances } from '../../ec2/instances.ts';
import { requireGroup as requireSecurityGroup } from '../../ec2/security-groups.ts';
import { flag, text, texts } from '../../input.ts';
import { autoScalingOperation, groupName, invalid } from '../autoscaling-operation.ts';
import { addConfiguration } from '../launch.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html */
export const createLaunchConfiguration = autoScalingOperation({
  input: {
    LaunchConfigurationName: groupName,
    ImageId: text.optional(),
    InstanceType: text.optional(),
    InstanceId: text.optional(),
    KeyName: text.optional(),
    SecurityGroups: texts.default([]),
    UserData: text.optional(),
    IamInstanceProfile: text.optional(),
    EbsOptimized: flag.default(false),
    InstanceMonitoring: z.strictObject({ Enabled: flag.default(true) }).optional(),
    AssociatePublicIpAddress: flag.optional(),
  },
  run: (input, context) => {
    const { launchConfigurations } = context.state.autoscaling;
    const name = input.LaunchConfigurationName;
    if (launchConfigurations.has(name)) {
      throw new AwsError(
        'AlreadyExists',
        `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`,
      );
    }
    const like =
      input.InstanceId === undefined ? undefined : requireInstances([input.InstanceId], context)[0];
    const [imageId, instanceType] = [
      input.ImageId ?? like?.imageId,
      input.InstanceType ?? like?.instanceType,
    ];
    if (imageId === undefined || instanceType === undefined) {
      throw invalid(
        'Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.',
      );
    }
    imageForLaunch(imageId, context);
    for (const id of input.SecurityGroups) requireSecurityGroup({ GroupId: id }, context);
    addConfiguration(
      {
        name,
        imageId,
        instanceType,
        keyName: input.KeyName ?? like?.keyName,
        securityGroups: input.SecurityGroups,
        userData: input.UserData,
        iamInstanceProfile: input.IamInstanceProfile,
        ebsOptimized: input.EbsOptimized,
        monitoring: input.InstanceMonitoring?.Enabled ?? true,
        associatePublicIpAddress: input.AssociatePublicIpAddress,
      },
      context,
    );
    return {};
  },
});
