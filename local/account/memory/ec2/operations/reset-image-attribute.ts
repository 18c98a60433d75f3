import { z } from 'zod';
import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireOwnImage } from '../images.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetImageAttribute.html */
export const resetImageAttribute = ec2Operation({
  input: { ImageId: text, Attribute: z.literal('launchPermission') },
  run: ({ ImageId }, context) => {
    requireOwnImage(ImageId, context).sharedWith.clear();
    return {};
  },
});
