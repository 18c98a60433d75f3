import { texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MonitorInstances.html */
export const monitorInstances = ec2Operation({
  input: { InstanceIds: texts.min(1) },
  run: ({ InstanceIds }, context) => ({
    InstanceMonitorings: requireInstances(InstanceIds, context).map((instance) => {
      instance.monitoring = true;
      return { InstanceId: instance.instanceId, Monitoring: { State: 'pending' } };
    }),
  }),
});
