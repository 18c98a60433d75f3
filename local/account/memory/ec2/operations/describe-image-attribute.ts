import { z } from 'zod';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireImage, viewImageDevice } from '../images.ts';
import { viewSharing } from '../sharing.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html */
export const describeImageAttribute = ec2Operation({
  input: {
    ImageId: text,
    Attribute: z.enum(['description', 'launchPermission', 'blockDeviceMapping', 'kernel', 'ramdisk']),
  },
  run: ({ ImageId, Attribute }, context) => {
    const image = requireImage(ImageId, context.state.ec2);
    switch (Attribute) {
      case 'description':
        return { ImageId, Description: { Value: image.description } };
      case 'launchPermission':
        return { ImageId, LaunchPermissions: viewSharing(image.sharedWith) };
      case 'blockDeviceMapping':
        return { ImageId, BlockDeviceMappings: image.blockDevices.map(viewImageDevice) };
      default:
        return { ImageId };
    }
  },
});
