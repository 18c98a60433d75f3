import type { Action } from './action.ts';
import { invalidInput } from './inputs.ts';
import { callService } from './support/call-service.ts';
import { maps, oneOf, readInputs, texts } from './support/input-schema.ts';

/**
 * Tags EC2 resources, or one resource of Systems Manager.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-createtag.html
 */
export const createTags: Action = {
  name: 'aws:createTags',
  run: async (context) => {
    const { ResourceIds, ResourceType, Tags } = readInputs(context.inputs, {
      ResourceIds: texts,
      Tags: maps,
      ResourceType: oneOf('EC2', 'ManagedInstance', 'MaintenanceWindow', 'Parameter').default('EC2'),
    });
    if (ResourceType === 'EC2') {
      await callService(context, {
        service: 'ec2',
        operation: 'CreateTags',
        input: { Resources: ResourceIds, Tags },
      });
      return {};
    }
    const [ResourceId, ...more] = ResourceIds;
    if (more.length > 0)
      throw invalidInput(`ResourceIds can hold one ID only where ResourceType is ${ResourceType}`);
    await callService(context, {
      service: 'ssm',
      operation: 'AddTagsToResource',
      input: { ResourceType, ResourceId, Tags },
    });
    return {};
  },
};
