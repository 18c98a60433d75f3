import { z } from 'zod';
import { flag, text } from '../../input.ts';
import { autoScalingOperation, invalid } from '../autoscaling-operation.ts';
import { groupOf } from '../groups.ts';

/**
 * An unhealthy instance is replaced at once, without a grace period.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetInstanceHealth.html
 */
export const setInstanceHealth = autoScalingOperation({
  input: {
    InstanceId: text,
    HealthStatus: z.enum(['Healthy', 'Unhealthy']),
    ShouldRespectGracePeriod: flag.optional(),
  },
  run: ({ InstanceId, HealthStatus }, context) => {
    const member = groupOf(InstanceId, context)?.members.get(InstanceId);
    if (member === undefined)
      throw invalid(`Instance Id not found - No managed instance found for instance ID: ${InstanceId}`);
    member.healthStatus = HealthStatus;
    return {};
  },
});
