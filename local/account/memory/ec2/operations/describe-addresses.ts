import { texts } from '../../input.ts';
import { requireAddress, viewAddress } from '../addresses.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { applyFilters, filters } from '../filters.ts';
import type { AddressRecord } from '../storage-state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html */
export const describeAddresses = ec2Operation({
  input: { AllocationIds: texts.optional(), PublicIps: texts.optional(), Filters: filters.optional() },
  run: ({ AllocationIds = [], PublicIps = [], Filters }, context) => {
    const { ec2 } = context.state;
    const named = [
      ...AllocationIds.map((AllocationId) => requireAddress({ AllocationId }, ec2)),
      ...PublicIps.map((PublicIp) => requireAddress({ PublicIp }, ec2)),
    ];
    const interfaceOf = ({ association }: AddressRecord) =>
      ec2.interfaces.get(association?.interfaceId ?? '');
    const found = applyFilters(
      named.length > 0 ? new Set(named) : ec2.addresses.values(),
      {
        idOf: (address) => address.allocationId,
        table: {
          'allocation-id': (address) => address.allocationId,
          'public-ip': (address) => address.publicIp,
          domain: () => 'vpc',
          'association-id': (address) => address.association?.associationId,
          'network-interface-id': (address) => address.association?.interfaceId,
          'instance-id': (address) => interfaceOf(address)?.attachment?.instanceId,
          'private-ip-address': (address) => interfaceOf(address)?.privateIpAddress,
        },
      },
      { filters: Filters, context },
    );
    return { Addresses: found.map((address) => viewAddress(address, context)) };
  },
});
