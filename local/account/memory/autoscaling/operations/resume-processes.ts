import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { requireGroup } from '../groups.ts';
import { chosen, processes } from '../processes.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ResumeProcesses.html */
export const resumeProcesses = autoScalingOperation({
  input: { AutoScalingGroupName: groupName, ScalingProcesses: processes },
  run: ({ AutoScalingGroupName, ScalingProcesses }, context) => {
    const { suspended } = requireGroup(AutoScalingGroupName, context);
    for (const process of chosen(ScalingProcesses)) suspended.delete(process);
    return {};
  },
});
