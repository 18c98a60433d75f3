import { AwsError } from '../../aws-error.ts';
import { groupsFor } from './ec2/interface-plans.ts';
import { LAUNCH_DEFAULTS, launchInstance } from './ec2/launch.ts';
import { createVpcRecord, requireSubnet } from './ec2/network.ts';
import { type IpPermission, ipPermission, toRuleSpecs } from './ec2/permissions.ts';
import {
  assertExists,
  assertWellFormed,
  INSTANCE,
  newId,
  type ResourceKind,
  SECURITY_GROUP,
  VPC,
} from './ec2/resource-ids.ts';
import { addRules, assertAddable, removeRules, rulesOf } from './ec2/rules.ts';
import { createGroup, defaultVpcId } from './ec2/security-groups.ts';
import { putTags } from './ec2/tags.ts';
import type { MemoryContext } from './operation.ts';

interface Seed {
  /** Where it was created. @default the account's own region */
  readonly region?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SecurityGroupSeed extends Seed {
  /** Such as `sg-0a1b2c3d4e5f67890`. */
  readonly groupId: string;
  /** @default the group's ID without `sg-` */
  readonly groupName?: string;
  readonly description?: string;
  /** @default the default VPC */
  readonly vpcId?: string;
  /** Ingress rules, as AuthorizeSecurityGroupIngress takes them. */
  readonly ipPermissions?: readonly PermissionSeed[];
  /** Egress rules. @default all traffic, as AWS gives every group */
  readonly ipPermissionsEgress?: readonly PermissionSeed[];
}

export type PermissionSeed = Partial<IpPermission>;

export interface InstanceSeed extends Seed {
  readonly instanceId: string;
  readonly imageId?: string;
  readonly instanceType?: string;
  /** @default the first default subnet */
  readonly subnetId?: string;
  readonly privateIpAddress?: string;
  /** @default the default group of the subnet's VPC */
  readonly securityGroupIds?: readonly string[];
}

export interface VpcSeed extends Seed {
  readonly vpcId: string;
  readonly cidrBlock: string;
}

/** Resources with IDs of one's own choice. VPCs come first, then groups in their order, then instances. */
export interface AccountSeed {
  readonly vpcs?: readonly VpcSeed[];
  readonly securityGroups?: readonly SecurityGroupSeed[];
  readonly instances?: readonly InstanceSeed[];
}

/** @throws AwsError where a seed does not fit; what came before it stays */
export function plantSeed(seed: AccountSeed, context: MemoryContext): void {
  for (const each of seed.vpcs ?? []) plantVpc(each, at(each, context));
  for (const each of seed.securityGroups ?? []) plantGroup(each, at(each, context));
  for (const each of seed.instances ?? []) plantInstance(each, at(each, context));
}

function plantVpc({ vpcId, cidrBlock, tags }: VpcSeed, context: MemoryContext): void {
  assertFree(VPC, vpcId, context);
  createVpcRecord({ vpcId, cidrBlock, isDefault: false }, context);
  plantTags(vpcId, tags, context);
}

function plantGroup(seed: SecurityGroupSeed, context: MemoryContext): void {
  const { ec2 } = context.state;
  const { groupId, groupName = groupId.slice('sg-'.length), description = groupName } = seed;
  assertFree(SECURITY_GROUP, groupId, context);
  const vpcId = seed.vpcId ?? defaultVpcId(ec2);
  assertExists(VPC, vpcId, ec2);
  const group = createGroup({ groupId, groupName, description, vpcId }, context);
  if (seed.ipPermissionsEgress) removeRules(rulesOf(groupId, true, ec2), ec2);
  for (const isEgress of [false, true]) {
    const permissions = (isEgress ? seed.ipPermissionsEgress : seed.ipPermissions) ?? [];
    const specs = toRuleSpecs(
      permissions.map((each) => ipPermission.parse(each)),
      group,
      context,
    );
    assertAddable(specs, rulesOf(groupId, isEgress, ec2));
    addRules(specs, { group, isEgress }, context);
  }
  plantTags(groupId, seed.tags, context);
}

function plantInstance(seed: InstanceSeed, context: MemoryContext): void {
  assertFree(INSTANCE, seed.instanceId, context);
  const subnet = requireSubnet(seed.subnetId, context.state.ec2);
  launchInstance(
    {
      ...LAUNCH_DEFAULTS,
      instanceId: seed.instanceId,
      imageId: seed.imageId ?? 'ami-00000000000000000',
      instanceType: seed.instanceType ?? 't3.micro',
      reservationId: newId({ prefix: 'r' }, context),
      launchIndex: 0,
      subnet,
      interfaces: [
        {
          deviceIndex: 0,
          deleteOnTermination: true,
          subnet,
          groupIds: groupsFor(seed.securityGroupIds ?? [], subnet, context),
          privateIpAddress: seed.privateIpAddress,
          description: undefined,
          autoAssignsPublicIp: subnet.isDefault,
        },
      ],
    },
    context,
  );
  plantTags(seed.instanceId, seed.tags, context);
}

function at(seed: Seed, context: MemoryContext): MemoryContext {
  return { ...context, region: seed.region ?? context.region };
}

function plantTags(id: string, tags: Seed['tags'], context: MemoryContext): void {
  const list = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  putTags(context.state.ec2, id, list);
}

function assertFree(kind: ResourceKind, id: string, { state }: MemoryContext): void {
  assertWellFormed(kind, id);
  if (kind.regionOf(state.ec2, id) === undefined) return;
  throw new AwsError('InvalidParameterValue', `The ID ${id} is taken.`);
}
