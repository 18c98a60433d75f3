import type { Action } from './action.ts';
import { callService } from './support/call-service.ts';
import { awaitImage } from './support/images.ts';
import { defined, flag, maps, readInputs, text } from './support/input-schema.ts';
import { idOf } from './support/read.ts';

/**
 * Makes an image of an instance and waits until it can be used.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-create.html
 */
export const createImage: Action = {
  name: 'aws:createImage',
  run: async (context) => {
    const { ImageName, ImageDescription, ...inputs } = readInputs(context.inputs, {
      InstanceId: text,
      ImageName: text,
      ImageDescription: text.optional(),
      NoReboot: flag.optional(),
      BlockDeviceMappings: maps.optional(),
      TagSpecifications: maps.optional(),
    });
    const response = await callService(context, {
      service: 'ec2',
      operation: 'CreateImage',
      input: defined({ ...inputs, Name: ImageName, Description: ImageDescription }),
    });
    return awaitImage(context, idOf(response, 'ImageId', 'CreateImage'));
  },
};
