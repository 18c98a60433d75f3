import { flag, integer } from '../../input.ts';
import { autoScalingOperation, groupName, invalid } from '../autoscaling-operation.ts';
import { requireGroup } from '../groups.ts';

/**
 * Instances are launched and terminated at once: there is never a cooldown to honor.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetDesiredCapacity.html
 */
export const setDesiredCapacity = autoScalingOperation({
  input: {
    AutoScalingGroupName: groupName,
    DesiredCapacity: integer,
    HonorCooldown: flag.optional(),
  },
  run: ({ AutoScalingGroupName, DesiredCapacity }, context) => {
    const group = requireGroup(AutoScalingGroupName, context);
    const refusal = (what: string) =>
      invalid(`New SetDesiredCapacity value ${DesiredCapacity} is ${what} for the AutoScalingGroup.`);
    if (DesiredCapacity > group.maxSize) throw refusal(`above max value ${group.maxSize}`);
    if (DesiredCapacity < group.minSize) throw refusal(`below min value ${group.minSize}`);
    group.desiredCapacity = DesiredCapacity;
    return {};
  },
});
