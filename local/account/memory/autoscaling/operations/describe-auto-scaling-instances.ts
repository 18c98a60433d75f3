import { texts } from '../../input.ts';
import { autoScalingOperation, describePage, pageInput } from '../autoscaling-operation.ts';
import { viewMember } from '../groups.ts';

/**
 * Instances that are in no group are left out, as in AWS.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html
 */
export const describeAutoScalingInstances = autoScalingOperation({
  input: { InstanceIds: texts.default([]), ...pageInput },
  run: ({ InstanceIds, ...page }, { state }) => {
    const found = [...state.autoscaling.groups.values()].flatMap((group) =>
      [...group.members.values()]
        .filter(({ instanceId }) => InstanceIds.length === 0 || InstanceIds.includes(instanceId))
        .map((member) => ({
          ...viewMember(member),
          AutoScalingGroupName: group.name,
          // This operation alone spells it in capitals.
          HealthStatus: member.healthStatus.toUpperCase(),
        })),
    );
    return describePage('AutoScalingInstances', found, page);
  },
});
