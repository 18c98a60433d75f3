import { flag, texts } from '../../input.ts';
import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { requireGroup, requireMembers } from '../groups.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetInstanceProtection.html */
export const setInstanceProtection = autoScalingOperation({
  input: { AutoScalingGroupName: groupName, InstanceIds: texts.min(1).max(50), ProtectedFromScaleIn: flag },
  run: ({ AutoScalingGroupName, InstanceIds, ProtectedFromScaleIn }, context) => {
    const members = requireMembers(InstanceIds, requireGroup(AutoScalingGroupName, context));
    for (const member of members) member.protectedFromScaleIn = ProtectedFromScaleIn;
    return {};
  },
});
