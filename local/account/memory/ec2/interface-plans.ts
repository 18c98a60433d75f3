import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag, integer, text, texts } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { assertGroups, chooseAddress, noFreeAddresses, requireInterface } from './interfaces.ts';
import type { InterfacePlan } from './launch.ts';
import { freeAddresses, requireSubnet } from './network.ts';
import { findGroupByName } from './security-groups.ts';
import type { SubnetRecord } from './state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html */
export const interfaceSpecification = z.strictObject({
  DeviceIndex: integer.default(0),
  SubnetId: text.optional(),
  Groups: texts.optional(),
  PrivateIpAddress: text.optional(),
  Description: text.optional(),
  AssociatePublicIpAddress: flag.optional(),
  DeleteOnTermination: flag.optional(),
  NetworkInterfaceId: text.optional(),
});

type InterfaceSpecification = z.output<typeof interfaceSpecification>;

export interface NetworkRequest {
  readonly SubnetId?: string | undefined;
  readonly SecurityGroupIds?: readonly string[] | undefined;
  readonly SecurityGroups?: readonly string[] | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly NetworkInterfaces?: readonly InterfaceSpecification[] | undefined;
}

export interface NetworkPlan {
  readonly subnet: SubnetRecord;
  /** For each interface of one instance. */
  readonly interfaces: readonly InterfacePlan[];
}

/**
 * The interfaces that each instance of a launch gets.
 * @throws AwsError InvalidParameterCombination, InvalidSubnetID.NotFound, InvalidGroup.NotFound, InvalidParameter …
 */
export function planNetwork(request: NetworkRequest, count: number, context: MemoryContext): NetworkPlan {
  const specifications = request.NetworkInterfaces ?? [];
  const perInstance = request.SubnetId ?? request.SecurityGroupIds?.length ?? request.SecurityGroups?.length;
  if (specifications.length > 0 && perInstance) {
    throw new AwsError(
      'InvalidParameterCombination',
      'Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request',
    );
  }
  const interfaces =
    specifications.length > 0
      ? specifications.map((each) => planSpecified(each, context))
      : [planDefault(request, context)];
  const [primary] = interfaces;
  if (primary === undefined || !interfaces.some(({ deviceIndex }) => deviceIndex === 0)) {
    throw new AwsError(
      'InvalidParameterCombination',
      'Primary network interface required at device index 0.',
    );
  }
  const fixed = interfaces.some((each) => each.existing ?? each.privateIpAddress);
  if (fixed && count > 1) {
    throw new AwsError(
      'InvalidParameterCombination',
      'A network interface or private IP address may only be specified when launching a single instance.',
    );
  }
  assertNoneTwice(interfaces);
  for (const each of interfaces) if (!each.existing) chooseAddress(each, context.state.ec2);
  assertRoom(interfaces, count, context);
  return { subnet: primary.subnet, interfaces };
}

function assertNoneTwice(interfaces: readonly InterfacePlan[]): void {
  const lists = [
    interfaces.map((each) => each.deviceIndex),
    interfaces.map((each) => each.existing?.interfaceId),
    interfaces.map((each) => each.privateIpAddress),
  ];
  for (const list of lists) {
    const values = list.filter((value) => value !== undefined);
    if (new Set(values).size === values.length) continue;
    throw new AwsError(
      'InvalidParameterCombination',
      'Each network interface needs a device index, an interface ID and an address of its own.',
    );
  }
}

/** A launch gets all the addresses that it needs, or nothing is launched. */
function assertRoom(interfaces: readonly InterfacePlan[], count: number, { state }: MemoryContext): void {
  const made = interfaces.filter(({ existing }) => existing === undefined);
  for (const [subnet, here] of Map.groupBy(made, (each) => each.subnet)) {
    if (here.length * count > freeAddresses(subnet, state.ec2)) throw noFreeAddresses(subnet);
  }
}

function planDefault(request: NetworkRequest, context: MemoryContext): InterfacePlan {
  const subnet = requireSubnet(request.SubnetId, context.state.ec2);
  const named = (request.SecurityGroups ?? []).map(
    (name) => findGroupByName(name, subnet.vpcId, context).groupId,
  );
  return {
    deviceIndex: 0,
    deleteOnTermination: true,
    subnet,
    groupIds: groupsFor([...(request.SecurityGroupIds ?? []), ...named], subnet, context),
    privateIpAddress: request.PrivateIpAddress,
    description: undefined,
    autoAssignsPublicIp: subnet.isDefault,
  };
}

function planSpecified(specification: InterfaceSpecification, context: MemoryContext): InterfacePlan {
  const { ec2 } = context.state;
  const { DeviceIndex: deviceIndex, NetworkInterfaceId } = specification;
  const existing = NetworkInterfaceId === undefined ? undefined : requireInterface(NetworkInterfaceId, ec2);
  if (existing?.attachment) {
    throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${existing.interfaceId}] in use.`);
  }
  const subnet = requireSubnet(existing?.subnetId ?? specification.SubnetId, ec2);
  return {
    deviceIndex,
    deleteOnTermination: specification.DeleteOnTermination ?? existing === undefined,
    ...(existing ? { existing } : {}),
    subnet,
    groupIds: existing?.groupIds ?? groupsFor(specification.Groups ?? [], subnet, context),
    privateIpAddress: specification.PrivateIpAddress,
    description: specification.Description,
    autoAssignsPublicIp: specification.AssociatePublicIpAddress ?? (subnet.isDefault && deviceIndex === 0),
  };
}

/** The groups asked for, checked; the VPC's default group where none is. */
export function groupsFor(
  groupIds: readonly string[],
  subnet: SubnetRecord,
  context: MemoryContext,
): readonly string[] {
  const chosen =
    groupIds.length > 0
      ? [...new Set(groupIds)]
      : [findGroupByName('default', subnet.vpcId, context).groupId];
  assertGroups(chosen, subnet.vpcId, context.state.ec2);
  return chosen;
}
