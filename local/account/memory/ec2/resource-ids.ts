import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import type { Ec2State } from './state.ts';

/** A kind of EC2 resource: the start of its IDs, its name in ARNs and tag specifications, its error codes. */
export interface ResourceKind {
  readonly prefix: string;
  readonly resourceType: string;
  readonly notFound: string;
  readonly malformed: string;
  /** Where the resource was created; undefined where there is none of that ID. */
  regionOf(state: Ec2State, id: string): string | undefined;
  describe(id: string): string;
}

export const SECURITY_GROUP: ResourceKind = {
  prefix: 'sg',
  resourceType: 'security-group',
  notFound: 'InvalidGroup.NotFound',
  malformed: 'InvalidGroupId.Malformed',
  regionOf: (state, id) => state.securityGroups.get(id)?.region,
  describe: (id) => `The security group '${id}' does not exist`,
};

export const SECURITY_GROUP_RULE: ResourceKind = {
  prefix: 'sgr',
  resourceType: 'security-group-rule',
  notFound: 'InvalidSecurityGroupRuleId.NotFound',
  malformed: 'InvalidSecurityGroupRuleId.Malformed',
  regionOf: (state, id) => state.rules.get(id)?.region,
  describe: (id) => `The security group rule ID '${id}' does not exist`,
};

export const INSTANCE: ResourceKind = {
  prefix: 'i',
  resourceType: 'instance',
  notFound: 'InvalidInstanceID.NotFound',
  malformed: 'InvalidInstanceID.Malformed',
  regionOf: (state, id) => state.instances.get(id)?.region,
  describe: (id) => `The instance ID '${id}' does not exist`,
};

export const NETWORK_INTERFACE: ResourceKind = {
  prefix: 'eni',
  resourceType: 'network-interface',
  notFound: 'InvalidNetworkInterfaceID.NotFound',
  malformed: 'InvalidNetworkInterfaceId.Malformed',
  regionOf: (state, id) => state.interfaces.get(id)?.region,
  describe: (id) => `The networkInterface ID '${id}' does not exist`,
};

export const VPC: ResourceKind = {
  prefix: 'vpc',
  resourceType: 'vpc',
  notFound: 'InvalidVpcID.NotFound',
  malformed: 'InvalidVpcID.Malformed',
  regionOf: (state, id) => state.vpcs.get(id)?.region,
  describe: (id) => `The vpc ID '${id}' does not exist`,
};

export const SUBNET: ResourceKind = {
  prefix: 'subnet',
  resourceType: 'subnet',
  notFound: 'InvalidSubnetID.NotFound',
  malformed: 'InvalidSubnetID.Malformed',
  regionOf: (state, id) => state.subnets.get(id)?.region,
  describe: (id) => `The subnet ID '${id}' does not exist`,
};

export const IMAGE: ResourceKind = {
  prefix: 'ami',
  resourceType: 'image',
  notFound: 'InvalidAMIID.NotFound',
  malformed: 'InvalidAMIID.Malformed',
  regionOf: (state, id) => state.images.get(id)?.region,
  describe: (id) => `The image id '[${id}]' does not exist`,
};

export const SNAPSHOT: ResourceKind = {
  prefix: 'snap',
  resourceType: 'snapshot',
  notFound: 'InvalidSnapshot.NotFound',
  malformed: 'InvalidParameterValue',
  regionOf: (state, id) => state.snapshots.get(id)?.region,
  describe: (id) => `The snapshot '${id}' does not exist.`,
};

export const VOLUME: ResourceKind = {
  prefix: 'vol',
  resourceType: 'volume',
  notFound: 'InvalidVolume.NotFound',
  malformed: 'InvalidParameterValue',
  regionOf: (state, id) => state.volumes.get(id)?.region,
  describe: (id) => `The volume '${id}' does not exist.`,
};

export const ELASTIC_IP: ResourceKind = {
  prefix: 'eipalloc',
  resourceType: 'elastic-ip',
  notFound: 'InvalidAllocationID.NotFound',
  malformed: 'InvalidAllocationID.NotFound',
  regionOf: (state, id) => state.addresses.get(id)?.region,
  describe: (id) => `The allocation ID '${id}' does not exist`,
};

export const LAUNCH_TEMPLATE: ResourceKind = {
  prefix: 'lt',
  resourceType: 'launch-template',
  notFound: 'InvalidLaunchTemplateId.NotFound',
  malformed: 'InvalidLaunchTemplateId.Malformed',
  regionOf: (state, id) => state.launchTemplates.get(id)?.region,
  describe: (id) => `The specified launch template, with template ID ${id}, does not exist.`,
};

const KINDS = [
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  INSTANCE,
  NETWORK_INTERFACE,
  VPC,
  SUBNET,
  IMAGE,
  SNAPSHOT,
  VOLUME,
  ELASTIC_IP,
  LAUNCH_TEMPLATE,
];

/** The kind of an ID of this account, by its prefix; undefined for a kind that the account does not have. */
export function kindOf(id: string): ResourceKind | undefined {
  const prefix = id.slice(0, id.lastIndexOf('-'));
  return KINDS.find((kind) => kind.prefix === prefix);
}

/** A new ID in the long form: `sg-0` and sixteen hexadecimal digits. */
export function newId(kind: Pick<ResourceKind, 'prefix'>, context: Pick<MemoryContext, 'ids'>): string {
  return `${kind.prefix}-0${context.ids.hex(16)}`;
}

/** @throws AwsError `….Malformed` for what is no ID of this kind */
export function assertWellFormed(kind: Pick<ResourceKind, 'prefix' | 'malformed'>, id: string): void {
  if (!id.startsWith(`${kind.prefix}-`)) {
    throw new AwsError(kind.malformed, `Invalid id: "${id}" (expecting "${kind.prefix}-...")`);
  }
  if (!/^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(kind.prefix.length + 1))) {
    throw new AwsError(kind.malformed, `Invalid id: "${id}"`);
  }
}

/** @throws AwsError `….Malformed` or `….NotFound` for the first ID that names nothing */
export function assertExists(kind: ResourceKind, id: string, state: Ec2State): void {
  assertWellFormed(kind, id);
  if (kind.regionOf(state, id) === undefined) throw new AwsError(kind.notFound, kind.describe(id));
}

export function arnOf(kind: ResourceKind, id: string, owner: { region: string; accountId: string }): string {
  return `arn:aws:ec2:${owner.region}:${owner.accountId}:${kind.resourceType}/${id}`;
}

/**
 * The kind of a resource that is to be tagged.
 * @throws AwsError InvalidID for what is no ID of this account's kinds of resources, else as `assertExists`
 */
export function requireTaggable(id: string, state: Ec2State): ResourceKind {
  const kind = kindOf(id);
  if (kind === undefined) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  assertExists(kind, id, state);
  return kind;
}
