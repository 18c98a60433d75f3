import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import type { FilterTable } from '../filters.ts';
import { viewGroups, viewInterface } from '../interfaces.ts';
import { publicAddressOf } from '../public-addresses.ts';
import { NETWORK_INTERFACE } from '../resource-ids.ts';
import type { Ec2State, InterfaceRecord } from '../state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html */
export const describeNetworkInterfaces = ec2Operation({
  input: { NetworkInterfaceIds: idList, ...describeInput },
  run: ({ NetworkInterfaceIds, ...input }, context) => {
    const { ec2 } = context.state;
    const { items, next } = describeResources(
      {
        kind: NETWORK_INTERFACE,
        all: () => ec2.interfaces.values(),
        idOf: (each) => each.interfaceId,
        table: { ...filterTable(ec2), 'owner-id': () => context.accountId },
      },
      { ...input, ids: NetworkInterfaceIds },
      context,
    );
    return { NetworkInterfaces: items.map((each) => viewInterface(each, context)), ...next };
  },
});

const filterTable = (state: Ec2State): FilterTable<InterfaceRecord> => ({
  'network-interface-id': (each) => each.interfaceId,
  'group-id': (each) => each.groupIds,
  'group-name': (each) => viewGroups(each.groupIds, state).map(({ GroupName }) => String(GroupName)),
  'vpc-id': (each) => each.vpcId,
  'subnet-id': (each) => each.subnetId,
  'availability-zone': (each) => `${each.region}${state.subnets.get(each.subnetId)?.zone ?? ''}`,
  'private-ip-address': (each) => each.privateIpAddress,
  'addresses.private-ip-address': (each) => each.privateIpAddress,
  'association.public-ip': (each) => publicAddressOf(each, state),
  'attachment.instance-id': (each) => each.attachment?.instanceId,
  'attachment.attachment-id': (each) => each.attachment?.attachmentId,
  'attachment.device-index': (each) => each.attachment?.deviceIndex,
  'attachment.status': (each) => (each.attachment ? 'attached' : undefined),
  description: (each) => each.description,
  'mac-address': (each) => each.macAddress,
  status: (each) => (each.attachment ? 'in-use' : 'available'),
});
