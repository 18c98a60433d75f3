import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { requireAddress } from '../addresses.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import { interfacesOf, requireInterface } from '../interfaces.ts';
import { elasticIpOf } from '../public-addresses.ts';
import { newId } from '../resource-ids.ts';
import type { InterfaceRecord } from '../state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html */
export const associateAddress = ec2Operation({
  input: {
    AllocationId: text.optional(),
    PublicIp: text.optional(),
    InstanceId: text.optional(),
    NetworkInterfaceId: text.optional(),
    PrivateIpAddress: text.optional(),
    AllowReassociation: flag.default(false),
  },
  run: (input, context) => {
    const { ec2 } = context.state;
    const address = requireAddress(input, ec2);
    const target = targetOf(input, context);
    if (input.PrivateIpAddress !== undefined && input.PrivateIpAddress !== target.privateIpAddress) {
      throw new AwsError(
        'InvalidParameterValue',
        `${input.PrivateIpAddress} is not an address of ${target.interfaceId}`,
      );
    }
    const { association } = address;
    if (association && association.interfaceId !== target.interfaceId && !input.AllowReassociation) {
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${address.allocationId} is already associated with associate-id ${association.associationId}`,
      );
    }
    if (association?.interfaceId === target.interfaceId) return { AssociationId: association.associationId };
    const earlier = elasticIpOf(target.interfaceId, ec2);
    if (earlier) earlier.association = undefined;
    const associationId = newId({ prefix: 'eipassoc' }, context);
    address.association = { associationId, interfaceId: target.interfaceId };
    return { AssociationId: associationId };
  },
});

function targetOf(
  {
    InstanceId,
    NetworkInterfaceId,
  }: { InstanceId?: string | undefined; NetworkInterfaceId?: string | undefined },
  context: MemoryContext,
): InterfaceRecord {
  const { ec2 } = context.state;
  if (NetworkInterfaceId !== undefined) return requireInterface(NetworkInterfaceId, ec2);
  if (InstanceId === undefined) {
    throw new AwsError('MissingParameter', 'Either instanceId or networkInterfaceId must be specified');
  }
  const [instance] = requireInstances([InstanceId], context);
  const [primary] = interfacesOf(InstanceId, ec2);
  if (primary && instance?.state !== 'terminated') return primary;
  throw new AwsError(
    'InvalidInstanceID',
    `The instance '${InstanceId}' is not in a valid state for this operation.`,
  );
}
