import { flag, texts } from '../../input.ts';
import { recordActivity, viewActivity } from '../activities.ts';
import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { plural, requireGroup, requireMembers, sizeError } from '../groups.ts';
import { releaseMember } from '../settle.ts';

/**
 * The instances run on outside of the group; without a decrement, others are launched for them.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DetachInstances.html
 */
export const detachInstances = autoScalingOperation({
  input: {
    AutoScalingGroupName: groupName,
    InstanceIds: texts.default([]),
    ShouldDecrementDesiredCapacity: flag,
  },
  run: ({ AutoScalingGroupName, InstanceIds, ShouldDecrementDesiredCapacity }, context) => {
    const group = requireGroup(AutoScalingGroupName, context);
    const members = requireMembers(InstanceIds, group);
    // Instances in standby do not count against the desired capacity.
    const counted = members.filter(({ lifecycleState }) => lifecycleState === 'InService').length;
    if (ShouldDecrementDesiredCapacity) {
      if (group.desiredCapacity - counted < group.minSize) {
        throw sizeError(group, `detach ${plural(members.length)}`);
      }
      group.desiredCapacity -= counted;
    }
    const activities = members.map(({ instanceId }) => {
      releaseMember(group, instanceId, context);
      const cause = `instance ${instanceId} was detached in response to a user request.`;
      const description = `Detaching EC2 instance: ${instanceId}`;
      return viewActivity(recordActivity(group, { description, cause }, context), 'InProgress');
    });
    return { Activities: activities };
  },
});
