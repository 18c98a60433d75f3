import { flag, texts } from '../../input.ts';
import { recordActivity, viewActivity } from '../activities.ts';
import { autoScalingOperation, groupName, invalid } from '../autoscaling-operation.ts';
import { plural, requireGroup, requireMembers, sizeError } from '../groups.ts';

/**
 * The instances are in standby at once; without a decrement, others are launched for them.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_EnterStandby.html
 */
export const enterStandby = autoScalingOperation({
  input: {
    AutoScalingGroupName: groupName,
    InstanceIds: texts.default([]),
    ShouldDecrementDesiredCapacity: flag,
  },
  run: ({ AutoScalingGroupName, InstanceIds, ShouldDecrementDesiredCapacity }, context) => {
    const group = requireGroup(AutoScalingGroupName, context);
    const members = requireMembers(InstanceIds, group);
    const refused = members.find(({ lifecycleState }) => lifecycleState !== 'InService');
    if (refused) throw invalid(`The instance ${refused.instanceId} is not in InService.`);
    if (ShouldDecrementDesiredCapacity) {
      if (group.desiredCapacity - members.length < group.minSize) {
        throw sizeError(group, `place into standby ${plural(members.length)}`);
      }
      group.desiredCapacity -= members.length;
    }
    const activities = members.map((member) => {
      member.lifecycleState = 'Standby';
      const cause = `instance ${member.instanceId} was moved to standby in response to a user request.`;
      const description = `Moving EC2 instance to Standby: ${member.instanceId}`;
      return viewActivity(recordActivity(group, { description, cause }, context), 'InProgress');
    });
    return { Activities: activities };
  },
});
