import { AwsError } from '../../../../aws-error.ts';
import { texts } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assignPublicAddresses, requireInstances, viewStateChange } from '../instances.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html */
export const startInstances = ec2Operation({
  input: { InstanceIds: texts.min(1) },
  run: ({ InstanceIds }, context) => {
    const instances = requireInstances(InstanceIds, context);
    const refused = instances.find(({ state }) => state === 'terminated');
    if (refused) {
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${refused.instanceId}' is not in a state from which it can be started.`,
      );
    }
    return {
      StartingInstances: instances.map((instance) => {
        const { instanceId, state } = instance;
        if (state === 'running') return viewStateChange(instanceId, { from: state, to: state });
        instance.state = 'running';
        instance.stateTransitionReason = '';
        instance.launchTime = wholeSeconds(context.clock.now());
        assignPublicAddresses(instanceId, context);
        return viewStateChange(instanceId, { from: state, to: 'pending' });
      }),
    };
  },
});
