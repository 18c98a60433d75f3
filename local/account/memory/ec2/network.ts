import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { contains, sizeOf } from './cidr.ts';
import { arnOf, assertExists, newId, SUBNET, VPC } from './resource-ids.ts';
import { createGroup } from './security-groups.ts';
import type { Ec2State, SubnetRecord, VpcRecord } from './state.ts';
import { tagList } from './tags.ts';

/** Addresses at a subnet's start that AWS keeps: network, router, DNS, future use. */
export const RESERVED_AT_START = 4;

export interface NewVpc {
  readonly vpcId?: string | undefined;
  readonly cidrBlock: string;
  readonly isDefault: boolean;
}

/** Makes a VPC with its group `default`, whose members may talk to each other. */
export function createVpcRecord(vpc: NewVpc, context: MemoryContext): VpcRecord {
  const record = { ...vpc, vpcId: vpc.vpcId ?? newId(VPC, context), region: context.region };
  context.state.ec2.vpcs.set(record.vpcId, record);
  createGroup(
    {
      groupName: 'default',
      description: 'default VPC security group',
      vpcId: record.vpcId,
      trustsItself: true,
    },
    context,
  );
  return record;
}

export interface NewSubnet {
  readonly subnetId?: string | undefined;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly zone: string;
  readonly isDefault: boolean;
}

export function createSubnetRecord(subnet: NewSubnet, context: MemoryContext): SubnetRecord {
  const record = { ...subnet, subnetId: subnet.subnetId ?? newId(SUBNET, context), region: context.region };
  context.state.ec2.subnets.set(record.subnetId, record);
  return record;
}

/** What AWS gives every new account: 172.31.0.0/16 with one subnet in each zone. */
export function createDefaultNetwork(context: MemoryContext): void {
  const { vpcId } = createVpcRecord({ cidrBlock: '172.31.0.0/16', isDefault: true }, context);
  ['a', 'b', 'c'].forEach((zone, index) => {
    createSubnetRecord({ vpcId, cidrBlock: `172.31.${index * 16}.0/20`, zone, isDefault: true }, context);
  });
}

/**
 * The subnet of that ID, or the first default one.
 * @throws AwsError InvalidSubnetID.Malformed, InvalidSubnetID.NotFound, MissingInput
 */
export function requireSubnet(subnetId: string | undefined, state: Ec2State): SubnetRecord {
  if (subnetId !== undefined) assertExists(SUBNET, subnetId, state);
  const subnet =
    subnetId === undefined
      ? [...state.subnets.values()].find(({ isDefault }) => isDefault)
      : state.subnets.get(subnetId);
  if (subnet) return subnet;
  throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
}

/** The addresses of a subnet that interfaces have. */
export function usedAddresses(subnetId: string, state: Ec2State): Set<string> {
  const here = [...state.interfaces.values()].filter((each) => each.subnetId === subnetId);
  return new Set(here.map(({ privateIpAddress }) => privateIpAddress));
}

/** How many interfaces a subnet still has room for: the last address, too, is AWS's own. */
export function freeAddresses(subnet: SubnetRecord, state: Ec2State): number {
  return sizeOf(subnet.cidrBlock) - RESERVED_AT_START - 1 - usedAddresses(subnet.subnetId, state).size;
}

/** @throws AwsError InvalidVpc.Range, InvalidSubnet.Range for a block whose size AWS does not allow (/16 to /28) */
export function assertBlockSize(block: string, code: string): void {
  const prefix = Number(block.split('/')[1]);
  if (prefix < 16 || prefix > 28) throw new AwsError(code, `The CIDR '${block}' is invalid.`);
}

/** @throws AwsError InvalidSubnet.Range, InvalidSubnet.Conflict */
export function assertSubnetFits(block: string, vpc: VpcRecord, state: Ec2State): void {
  assertBlockSize(block, 'InvalidSubnet.Range');
  if (!contains(vpc.cidrBlock, block)) {
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${block}' is invalid.`);
  }
  const others = [...state.subnets.values()].filter(({ vpcId }) => vpcId === vpc.vpcId);
  if (others.some(({ cidrBlock }) => contains(cidrBlock, block) || contains(block, cidrBlock))) {
    throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${block}' conflicts with another subnet`);
  }
}

/** A VPC as DescribeVpcs shows it. */
export function viewVpc(vpc: VpcRecord, context: MemoryContext): JsonObject {
  return {
    VpcId: vpc.vpcId,
    CidrBlock: vpc.cidrBlock,
    IsDefault: vpc.isDefault,
    State: 'available',
    OwnerId: context.accountId,
    InstanceTenancy: 'default',
    DhcpOptionsId: 'default',
    CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-${vpc.vpcId.slice('vpc-'.length)}`,
        CidrBlock: vpc.cidrBlock,
        CidrBlockState: { State: 'associated' },
      },
    ],
    Ipv6CidrBlockAssociationSet: [],
    Tags: tagList(context.state.ec2, vpc.vpcId),
  };
}

/** A subnet as DescribeSubnets shows it. */
export function viewSubnet(subnet: SubnetRecord, context: MemoryContext): JsonObject {
  const { state, accountId, region } = context;
  return {
    SubnetId: subnet.subnetId,
    SubnetArn: arnOf(SUBNET, subnet.subnetId, { region: subnet.region, accountId }),
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidrBlock,
    AvailabilityZone: `${region}${subnet.zone}`,
    AvailableIpAddressCount: freeAddresses(subnet, state.ec2),
    DefaultForAz: subnet.isDefault,
    MapPublicIpOnLaunch: subnet.isDefault,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    State: 'available',
    OwnerId: accountId,
    Tags: tagList(state.ec2, subnet.subnetId),
  };
}
