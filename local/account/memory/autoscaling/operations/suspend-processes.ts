import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { requireGroup } from '../groups.ts';
import { chosen, processes } from '../processes.ts';

/**
 * Launch, Terminate, HealthCheck and ReplaceUnhealthy have an effect here; the others are kept and shown.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SuspendProcesses.html
 */
export const suspendProcesses = autoScalingOperation({
  input: { AutoScalingGroupName: groupName, ScalingProcesses: processes },
  run: ({ AutoScalingGroupName, ScalingProcesses }, context) => {
    const { suspended } = requireGroup(AutoScalingGroupName, context);
    const reason = `User suspended at ${context.clock.now().toISOString().slice(0, 19)}Z`;
    for (const process of chosen(ScalingProcesses)) suspended.set(process, reason);
    return {};
  },
});
