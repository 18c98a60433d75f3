import { AwsError } from '../../../../aws-error.ts';
import { flag } from '../../input.ts';
import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { requireGroup } from '../groups.ts';
import { terminateMember } from '../settle.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html */
export const deleteAutoScalingGroup = autoScalingOperation({
  input: { AutoScalingGroupName: groupName, ForceDelete: flag.default(false) },
  run: ({ AutoScalingGroupName, ForceDelete }, context) => {
    const group = requireGroup(AutoScalingGroupName, context);
    if (group.members.size > 0 && !ForceDelete) {
      throw new AwsError(
        'ResourceInUse',
        'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
      );
    }
    for (const member of [...group.members.values()]) {
      const cause = 'a user request force deleted the AutoScalingGroup.';
      terminateMember(group, member, { cause, context });
    }
    context.state.autoscaling.groups.delete(AutoScalingGroupName);
    return {};
  },
});
