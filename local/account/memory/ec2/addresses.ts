import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { ELASTIC_IP } from './resource-ids.ts';
import type { Ec2State } from './state.ts';
import type { AddressRecord } from './storage-state.ts';
import { tagList } from './tags.ts';

/** The address that is meant. @throws AwsError MissingParameter, InvalidAllocationID.NotFound, InvalidAddress.NotFound */
export function requireAddress(
  wanted: { AllocationId?: string | undefined; PublicIp?: string | undefined },
  state: Ec2State,
): AddressRecord {
  const { AllocationId, PublicIp } = wanted;
  if (AllocationId !== undefined) {
    const address = state.addresses.get(AllocationId);
    if (address) return address;
    throw new AwsError(ELASTIC_IP.notFound, ELASTIC_IP.describe(AllocationId));
  }
  if (PublicIp === undefined) {
    throw new AwsError('MissingParameter', 'Either public IP or allocation id must be specified');
  }
  const address = [...state.addresses.values()].find(({ publicIp }) => publicIp === PublicIp);
  if (address) return address;
  throw new AwsError('InvalidAddress.NotFound', `Address '${PublicIp}' not found.`);
}

/** An address as DescribeAddresses shows it. */
export function viewAddress(address: AddressRecord, { state, accountId }: MemoryContext): JsonObject {
  const { association } = address;
  const target = association && state.ec2.interfaces.get(association.interfaceId);
  return {
    AllocationId: address.allocationId,
    PublicIp: address.publicIp,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: address.region,
    Domain: 'vpc',
    ...(association && target
      ? {
          AssociationId: association.associationId,
          NetworkInterfaceId: association.interfaceId,
          NetworkInterfaceOwnerId: accountId,
          PrivateIpAddress: target.privateIpAddress,
          ...(target.attachment ? { InstanceId: target.attachment.instanceId } : {}),
        }
      : {}),
    Tags: tagList(state.ec2, address.allocationId),
  };
}

/** Frees the address of an interface that is deleted. */
export function releaseAssociation(interfaceId: string, state: Ec2State): void {
  for (const address of state.addresses.values()) {
    if (address.association?.interfaceId === interfaceId) address.association = undefined;
  }
}
