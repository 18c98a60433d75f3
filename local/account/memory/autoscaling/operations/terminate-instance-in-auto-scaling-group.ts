import { flag, text } from '../../input.ts';
import { viewActivity } from '../activities.ts';
import { autoScalingOperation, invalid } from '../autoscaling-operation.ts';
import { groupOf } from '../groups.ts';
import { terminateMember } from '../settle.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html */
export const terminateInstanceInAutoScalingGroup = autoScalingOperation({
  input: { InstanceId: text, ShouldDecrementDesiredCapacity: flag },
  run: ({ InstanceId, ShouldDecrementDesiredCapacity }, context) => {
    const group = groupOf(InstanceId, context);
    const member = group?.members.get(InstanceId);
    if (group === undefined || member === undefined) {
      throw invalid(`Instance Id not found - No managed instance found for instance ID: ${InstanceId}`);
    }
    if (ShouldDecrementDesiredCapacity && member.lifecycleState === 'InService') {
      if (group.desiredCapacity <= group.minSize) {
        throw invalid(
          `Currently, desiredSize equals minSize (${group.minSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
        );
      }
      group.desiredCapacity -= 1;
    }
    const cause = `instance ${InstanceId} was taken out of service in response to a user request.`;
    return { Activity: viewActivity(terminateMember(group, member, { cause, context }), 'InProgress') };
  },
});
