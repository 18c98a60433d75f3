import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { addressIn, contains, sizeOf } from './cidr.ts';
import { RESERVED_AT_START, usedAddresses } from './network.ts';
import { viewAssociation } from './public-addresses.ts';
import { assertExists, NETWORK_INTERFACE, newId, SECURITY_GROUP } from './resource-ids.ts';
import type { Ec2State, InterfaceRecord, SubnetRecord } from './state.ts';
import { tagList } from './tags.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const MAX_GROUPS = 5;

export interface NewInterface {
  readonly subnet: SubnetRecord;
  readonly groupIds: readonly string[];
  readonly privateIpAddress?: string | undefined;
  readonly description?: string | undefined;
  readonly autoAssignsPublicIp?: boolean;
}

/** Makes an unattached interface. @throws AwsError InvalidIPAddress.InUse, InsufficientFreeAddressesInSubnet … */
export function createInterface(request: NewInterface, context: MemoryContext): InterfaceRecord {
  const { subnet } = request;
  const octets = context.ids.hex(10).match(/../g) ?? [];
  const record: InterfaceRecord = {
    interfaceId: newId(NETWORK_INTERFACE, context),
    subnetId: subnet.subnetId,
    vpcId: subnet.vpcId,
    privateIpAddress: chooseAddress(request, context.state.ec2),
    autoAssignsPublicIp: request.autoAssignsPublicIp ?? false,
    publicIpAddress: undefined,
    macAddress: ['02', ...octets].join(':'),
    region: context.region,
    description: request.description ?? '',
    groupIds: request.groupIds,
    sourceDestCheck: true,
    attachment: undefined,
  };
  context.state.ec2.interfaces.set(record.interfaceId, record);
  return record;
}

/** The address that an interface gets: the one it asks for, or the first free one of its subnet. */
export function chooseAddress(
  { subnet, privateIpAddress: wanted }: Pick<NewInterface, 'subnet' | 'privateIpAddress'>,
  state: Ec2State,
): string {
  const used = usedAddresses(subnet.subnetId, state);
  if (wanted !== undefined) {
    if (!/^[\d.]+$/.test(wanted) || !contains(subnet.cidrBlock, wanted)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Address ${wanted} does not fall within the subnet's address range`,
      );
    }
    if (used.has(wanted)) throw new AwsError('InvalidIPAddress.InUse', `Address ${wanted} is in use.`);
    return wanted;
  }
  for (let offset = RESERVED_AT_START; offset < sizeOf(subnet.cidrBlock) - 1; offset++) {
    const address = addressIn(subnet.cidrBlock, offset);
    if (!used.has(address)) return address;
  }
  throw noFreeAddresses(subnet);
}

export function noFreeAddresses({ subnetId }: SubnetRecord): AwsError {
  return new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnetId}' to satisfy the requested number of instances.`,
  );
}

/**
 * Checks the groups that an interface is to have.
 * @throws AwsError InvalidParameterValue, InvalidGroupId.Malformed, InvalidGroup.NotFound, InvalidParameter
 */
export function assertGroups(groupIds: readonly string[], vpcId: string, state: Ec2State): void {
  if (groupIds.length === 0) {
    throw new AwsError('InvalidParameterValue', 'You must specify at least one security group.');
  }
  if (groupIds.length > MAX_GROUPS) {
    throw new AwsError(
      'SecurityGroupsPerInterfaceLimitExceeded',
      'The maximum number of security groups per interface has been reached.',
    );
  }
  for (const groupId of groupIds) {
    assertExists(SECURITY_GROUP, groupId, state);
    if (state.securityGroups.get(groupId)?.vpcId !== vpcId) {
      throw new AwsError(
        'InvalidParameter',
        `You have specified two resources that belong to different networks: ${groupId} is not in ${vpcId}.`,
      );
    }
  }
}

/** The interface of that ID. @throws AwsError InvalidNetworkInterfaceId.Malformed, InvalidNetworkInterfaceID.NotFound */
export function requireInterface(interfaceId: string, state: Ec2State): InterfaceRecord {
  assertExists(NETWORK_INTERFACE, interfaceId, state);
  const record = state.interfaces.get(interfaceId);
  if (record) return record;
  throw new AwsError(NETWORK_INTERFACE.notFound, NETWORK_INTERFACE.describe(interfaceId));
}

/** The interfaces of an instance, the primary one first. */
export function interfacesOf(instanceId: string, state: Ec2State): InterfaceRecord[] {
  return [...state.interfaces.values()]
    .filter(({ attachment }) => attachment?.instanceId === instanceId)
    .sort((a, b) => (a.attachment?.deviceIndex ?? 0) - (b.attachment?.deviceIndex ?? 0));
}

/** `[{ GroupId, GroupName }]` */
export function viewGroups(groupIds: readonly string[], state: Ec2State): JsonObject[] {
  return groupIds.map((GroupId) => ({ GroupId, GroupName: state.securityGroups.get(GroupId)?.groupName }));
}

/** An interface as DescribeNetworkInterfaces shows it. */
export function viewInterface(record: InterfaceRecord, context: MemoryContext): JsonObject {
  const { state, accountId } = context;
  const { attachment } = record;
  return {
    ...commonView(record, context),
    AvailabilityZone: `${record.region}${state.ec2.subnets.get(record.subnetId)?.zone ?? ''}`,
    RequesterManaged: false,
    TagSet: tagList(state.ec2, record.interfaceId),
    ...(attachment
      ? {
          Attachment: {
            ...viewAttachment(record),
            InstanceId: attachment.instanceId,
            InstanceOwnerId: accountId,
          },
        }
      : {}),
  };
}

/** An interface as a member of DescribeInstances' `NetworkInterfaces`. */
export function viewInstanceInterface(record: InterfaceRecord, context: MemoryContext): JsonObject {
  return { ...commonView(record, context), Attachment: viewAttachment(record) };
}

function commonView(record: InterfaceRecord, { state, accountId }: MemoryContext): JsonObject {
  const association = viewAssociation(record, { state, accountId });
  return {
    NetworkInterfaceId: record.interfaceId,
    SubnetId: record.subnetId,
    VpcId: record.vpcId,
    OwnerId: accountId,
    Description: record.description,
    InterfaceType: 'interface',
    Status: record.attachment ? 'in-use' : 'available',
    MacAddress: record.macAddress,
    PrivateIpAddress: record.privateIpAddress,
    PrivateIpAddresses: [{ PrivateIpAddress: record.privateIpAddress, Primary: true, ...association }],
    Ipv6Addresses: [],
    SourceDestCheck: record.sourceDestCheck,
    Groups: viewGroups(record.groupIds, state.ec2),
    ...association,
  };
}

function viewAttachment({ attachment }: InterfaceRecord): JsonObject {
  return attachment
    ? {
        AttachmentId: attachment.attachmentId,
        DeviceIndex: attachment.deviceIndex,
        NetworkCardIndex: 0,
        Status: 'attached',
        AttachTime: attachment.attachTime,
        DeleteOnTermination: attachment.deleteOnTermination,
      }
    : {};
}
