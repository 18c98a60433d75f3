import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { addressIn } from './cidr.ts';
import type { Ec2State, InterfaceRecord } from './state.ts';
import type { AddressRecord } from './storage-state.ts';

/** A block that the internet does not route (RFC 2544): 'public' addresses of the laptop's instances come from it. */
const PUBLIC_BLOCK = '198.18.0.0/15';

/** The address under which the internet knows an interface: its Elastic IP, else the one that came with running. */
export function publicAddressOf(record: InterfaceRecord, state: Ec2State): string | undefined {
  return elasticIpOf(record.interfaceId, state)?.publicIp ?? record.publicIpAddress;
}

export function elasticIpOf(interfaceId: string, state: Ec2State): AddressRecord | undefined {
  return [...state.addresses.values()].find(({ association }) => association?.interfaceId === interfaceId);
}

/** A public address that nothing has. */
export function newPublicAddress(state: Ec2State): string {
  const used = new Set([
    ...[...state.interfaces.values()].map(({ publicIpAddress }) => publicIpAddress),
    ...[...state.addresses.values()].map(({ publicIp }) => publicIp),
  ]);
  let offset = 1;
  while (used.has(addressIn(PUBLIC_BLOCK, offset))) offset++;
  return addressIn(PUBLIC_BLOCK, offset);
}

/** `Association` of an interface that has a public address; nothing for one that has none. */
export function viewAssociation(
  record: InterfaceRecord,
  { state, accountId }: Pick<MemoryContext, 'state' | 'accountId'>,
): JsonObject {
  const elastic = elasticIpOf(record.interfaceId, state.ec2);
  const PublicIp = elastic?.publicIp ?? record.publicIpAddress;
  if (PublicIp === undefined) return {};
  const owner = elastic
    ? {
        AllocationId: elastic.allocationId,
        AssociationId: elastic.association?.associationId,
        IpOwnerId: accountId,
      }
    : { IpOwnerId: 'amazon' };
  return { Association: { PublicIp, PublicDnsName: '', ...owner } };
}
