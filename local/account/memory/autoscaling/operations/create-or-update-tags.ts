import { z } from 'zod';
import { autoScalingOperation, groupTag } from '../autoscaling-operation.ts';
import { requireGroup } from '../groups.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateOrUpdateTags.html */
export const createOrUpdateTags = autoScalingOperation({
  input: { Tags: z.array(groupTag.required({ ResourceId: true })).min(1) },
  run: ({ Tags }, context) => {
    const groups = Tags.map(({ ResourceId }) => requireGroup(ResourceId, context));
    for (const [index, { Key, Value, PropagateAtLaunch }] of Tags.entries()) {
      groups[index]?.tags.set(Key, { value: Value, propagateAtLaunch: PropagateAtLaunch });
    }
    return {};
  },
});
