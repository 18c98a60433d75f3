import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { viewPermissions } from './permission-view.ts';
import { arnOf, assertExists, newId, SECURITY_GROUP } from './resource-ids.ts';
import { addRules, rulesOf } from './rules.ts';
import type { Ec2State, RulePeer, SecurityGroupRecord } from './state.ts';
import { tagList } from './tags.ts';

/** Whether a name or description has only the characters that EC2 allows in one, and at most 255. */
export function isPlainText(text: string): boolean {
  return /^[\w .\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(text);
}

/** @throws AwsError InvalidParameterValue */
export function assertDescription(of: 'security group' | 'rule', description: string): void {
  if (isPlainText(description)) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Invalid ${of} description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
  );
}

/** The VPC that is meant where none is named. @throws AwsError VPCIdNotSpecified where there is none */
export function defaultVpcId(state: Ec2State): string {
  const vpc = [...state.vpcs.values()].find(({ isDefault }) => isDefault);
  if (vpc === undefined) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
  return vpc.vpcId;
}

export interface NewSecurityGroup {
  /** @default a new one */
  readonly groupId?: string | undefined;
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: string;
  /** Whether all traffic from the group's own members comes in, as with a VPC's group `default`. */
  readonly trustsItself?: boolean;
}

/** Makes a group with the one rule that AWS gives it: all traffic out. The caller has checked name and VPC. */
export function createGroup(
  { trustsItself = false, ...group }: NewSecurityGroup,
  context: MemoryContext,
): SecurityGroupRecord {
  const groupId = group.groupId ?? newId(SECURITY_GROUP, context);
  const record: SecurityGroupRecord = { ...group, groupId, region: context.region };
  context.state.ec2.securityGroups.set(record.groupId, record);
  const allTraffic = (peer: RulePeer) => ({
    protocol: '-1',
    fromPort: undefined,
    toPort: undefined,
    peer,
    description: undefined,
  });
  addRules(
    [allTraffic({ kind: 'cidrIpv4', value: '0.0.0.0/0' })],
    { group: record, isEgress: true },
    context,
  );
  if (trustsItself) {
    addRules(
      [allTraffic({ kind: 'group', value: groupId, userId: context.accountId })],
      { group: record, isEgress: false },
      context,
    );
  }
  return record;
}

/** @throws AwsError InvalidGroup.NotFound */
export function findGroupByName(name: string, vpcId: string, context: MemoryContext): SecurityGroupRecord {
  const found = [...context.state.ec2.securityGroups.values()].find(
    (group) => group.vpcId === vpcId && group.groupName === name,
  );
  if (found) return found;
  const where = vpcId === defaultVpcId(context.state.ec2) ? `default VPC '${vpcId}'` : `VPC '${vpcId}'`;
  throw new AwsError('InvalidGroup.NotFound', `The security group '${name}' does not exist in ${where}`);
}

/**
 * The group that `GroupId`, or `GroupName` in the default VPC, names.
 * @throws AwsError MissingParameter, InvalidGroupId.Malformed, InvalidGroup.NotFound
 */
export function requireGroup(
  input: { GroupId?: string | undefined; GroupName?: string | undefined },
  context: MemoryContext,
): SecurityGroupRecord {
  const { securityGroups } = context.state.ec2;
  if (input.GroupId !== undefined) {
    assertExists(SECURITY_GROUP, input.GroupId, context.state.ec2);
    const group = securityGroups.get(input.GroupId);
    if (group) return group;
  }
  if (input.GroupName !== undefined) {
    return findGroupByName(input.GroupName, defaultVpcId(context.state.ec2), context);
  }
  throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId');
}

/** A group as DescribeSecurityGroups shows it: rules of the same protocol and ports are one permission. */
export function viewGroup(group: SecurityGroupRecord, context: MemoryContext): JsonObject {
  const { state, accountId } = context;
  const permissions = (isEgress: boolean) => viewPermissions(rulesOf(group.groupId, isEgress, state.ec2));
  return {
    GroupId: group.groupId,
    GroupName: group.groupName,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: accountId,
    SecurityGroupArn: arnOf(SECURITY_GROUP, group.groupId, { region: group.region, accountId }),
    IpPermissions: permissions(false),
    IpPermissionsEgress: permissions(true),
    Tags: tagList(state.ec2, group.groupId),
  };
}
