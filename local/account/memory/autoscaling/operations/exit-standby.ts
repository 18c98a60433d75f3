import { texts } from '../../input.ts';
import { recordActivity, viewActivity } from '../activities.ts';
import { autoScalingOperation, groupName, invalid } from '../autoscaling-operation.ts';
import { plural, requireGroup, requireMembers, sizeError } from '../groups.ts';

/**
 * The desired capacity grows by the instances, which are in service at once.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ExitStandby.html
 */
export const exitStandby = autoScalingOperation({
  input: { AutoScalingGroupName: groupName, InstanceIds: texts.default([]) },
  run: ({ AutoScalingGroupName, InstanceIds }, context) => {
    const group = requireGroup(AutoScalingGroupName, context);
    const members = requireMembers(InstanceIds, group);
    const refused = members.find(({ lifecycleState }) => lifecycleState !== 'Standby');
    if (refused) throw invalid(`The instance ${refused.instanceId} is not in Standby.`);
    if (group.desiredCapacity + members.length > group.maxSize) {
      throw sizeError(group, `move ${plural(members.length)} out of standby`);
    }
    group.desiredCapacity += members.length;
    const activities = members.map((member) => {
      member.lifecycleState = 'InService';
      const cause = `instance ${member.instanceId} was moved out of standby in response to a user request.`;
      const description = `Moving EC2 instance out of Standby: ${member.instanceId}`;
      return viewActivity(recordActivity(group, { description, cause }, context), 'InProgress');
    });
    return { Activities: activities };
  },
});
