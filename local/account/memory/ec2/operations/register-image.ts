import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import { blockDeviceMappings, planBlockDevices } from '../block-devices.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertImageName, createImageRecord } from '../images.ts';
import { IMAGE } from '../resource-ids.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

/**
 * Images backed by EBS only.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html
 */
export const registerImage = ec2Operation({
  input: {
    Name: text,
    Description: text.default(''),
    Architecture: z.enum(['i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac']).default('x86_64'),
    RootDeviceName: text,
    BlockDeviceMappings: blockDeviceMappings,
    VirtualizationType: z.literal('hvm').optional(),
    EnaSupport: flag.optional(),
    SriovNetSupport: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) => {
    assertImageName(input.Name, context);
    const tags = specifiedTags(input.TagSpecifications, IMAGE.resourceType);
    const blockDevices = planBlockDevices([], input.BlockDeviceMappings, context);
    const root = blockDevices.find(({ deviceName }) => deviceName === input.RootDeviceName);
    if (root?.snapshotId === undefined) {
      throw new AwsError(
        'InvalidBlockDeviceMapping',
        'A snapshot is required for the root device of an image',
      );
    }
    const image = createImageRecord(
      {
        name: input.Name,
        description: input.Description,
        rootDeviceName: input.RootDeviceName,
        blockDevices,
        architecture: input.Architecture,
        sourceInstanceId: undefined,
        sourceImage: undefined,
      },
      context,
    );
    putTags(context.state.ec2, image.imageId, tags);
    return { ImageId: image.imageId };
  },
});
