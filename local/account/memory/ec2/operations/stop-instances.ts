import { AwsError } from '../../../../aws-error.ts';
import { flag, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances, shutdownReason, viewStateChange } from '../instances.ts';
import { interfacesOf } from '../interfaces.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html */
export const stopInstances = ec2Operation({
  input: { InstanceIds: texts.min(1), Force: flag.optional() },
  run: ({ InstanceIds }, context) => {
    const instances = requireInstances(InstanceIds, context);
    for (const { instanceId, state, disableApiStop } of instances) {
      if (state === 'terminated') {
        throw new AwsError(
          'IncorrectInstanceState',
          `The instance '${instanceId}' is not in a state from which it can be stopped.`,
        );
      }
      if (disableApiStop) {
        throw new AwsError(
          'OperationNotPermitted',
          `The instance '${instanceId}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
        );
      }
    }
    return {
      StoppingInstances: instances.map((instance) => {
        const { instanceId, state } = instance;
        if (state === 'stopped') return viewStateChange(instanceId, { from: state, to: state });
        instance.state = 'stopped';
        instance.stateTransitionReason = shutdownReason(context.clock.now());
        for (const each of interfacesOf(instanceId, context.state.ec2)) each.publicIpAddress = undefined;
        return viewStateChange(instanceId, { from: state, to: 'stopping' });
      }),
    };
  },
});
