import type { Action } from './action.ts';
import { callService } from './support/call-service.ts';
import { awaitImage } from './support/images.ts';
import { defined, flag, maps, readInputs, text } from './support/input-schema.ts';
import { idOf } from './support/read.ts';

/**
 * Copies an image of any region into the execution's, and waits until the copy can be used.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-copyimage.html
 */
export const copyImage: Action = {
  name: 'aws:copyImage',
  run: async (context) => {
    const { ImageName, ImageDescription, ...inputs } = readInputs(context.inputs, {
      SourceRegion: text,
      SourceImageId: text,
      ImageName: text,
      ImageDescription: text.optional(),
      Encrypted: flag.optional(),
      KmsKeyId: text.optional(),
      ClientToken: text.optional(),
      CopyImageTags: flag.optional(),
      TagSpecifications: maps.optional(),
    });
    const response = await callService(context, {
      service: 'ec2',
      operation: 'CopyImage',
      input: defined({ ...inputs, Name: ImageName, Description: ImageDescription }),
    });
    return awaitImage(context, idOf(response, 'ImageId', 'CopyImage'));
  },
};
