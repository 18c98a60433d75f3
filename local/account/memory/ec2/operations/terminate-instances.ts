import { AwsError } from '../../../../aws-error.ts';
import { texts } from '../../input.ts';
import { releaseAssociation } from '../addresses.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances, shutdownReason, viewStateChange } from '../instances.ts';
import { interfacesOf } from '../interfaces.ts';
import { associationOf } from '../profile-associations.ts';
import type { Ec2State } from '../state.ts';
import { releaseVolumes } from '../volumes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html */
export const terminateInstances = ec2Operation({
  input: { InstanceIds: texts.min(1) },
  run: ({ InstanceIds }, context) => {
    const instances = requireInstances(InstanceIds, context);
    const guarded = instances.find((each) => each.disableApiTermination && each.state !== 'terminated');
    if (guarded) {
      throw new AwsError(
        'OperationNotPermitted',
        `The instance '${guarded.instanceId}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
    const now = context.clock.now();
    return {
      TerminatingInstances: instances.map((instance) => {
        const { instanceId, state } = instance;
        if (state === 'terminated') return viewStateChange(instanceId, { from: state, to: state });
        instance.state = 'terminated';
        instance.terminatedAt = now;
        instance.stateTransitionReason = shutdownReason(now);
        releaseAll(instanceId, context.state.ec2);
        return viewStateChange(instanceId, { from: state, to: 'shutting-down' });
      }),
    };
  },
});

function releaseAll(instanceId: string, state: Ec2State): void {
  releaseVolumes(instanceId, state);
  const association = associationOf(instanceId, state);
  if (association) state.profileAssociations.delete(association.associationId);
  for (const each of interfacesOf(instanceId, state)) {
    const isDeleted = each.attachment?.deleteOnTermination;
    each.attachment = undefined;
    each.publicIpAddress = undefined;
    releaseAssociation(each.interfaceId, state);
    if (!isDeleted) continue;
    state.interfaces.delete(each.interfaceId);
    state.tags.delete(each.interfaceId);
  }
}
