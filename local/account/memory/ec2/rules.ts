import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { arnOf, newId, SECURITY_GROUP_RULE } from './resource-ids.ts';
import type { Ec2State, RuleRecord, RuleSpec, SecurityGroupRecord } from './state.ts';
import { tagList } from './tags.ts';

/** The side of a group that an operation works on. */
export interface RuleSide {
  readonly group: SecurityGroupRecord;
  readonly isEgress: boolean;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const MAX_RULES = 60;

/** A group's rules of one direction, oldest first. */
export function rulesOf(groupId: string, isEgress: boolean, state: Ec2State): RuleRecord[] {
  return [...state.rules.values()].filter((rule) => rule.groupId === groupId && rule.isEgress === isEgress);
}

/** Whether a rule says the same as another, whatever their descriptions. */
export function sameRule(a: RuleSpec, b: RuleSpec): boolean {
  return (
    a.protocol === b.protocol &&
    a.fromPort === b.fromPort &&
    a.toPort === b.toPort &&
    a.peer.kind === b.peer.kind &&
    a.peer.value === b.peer.value
  );
}

/**
 * Checks that all of the rules can be added together to what is there.
 * @throws AwsError InvalidParameterValue, InvalidPermission.Duplicate, RulesPerSecurityGroupLimitExceeded
 */
export function assertAddable(specs: readonly RuleSpec[], existing: readonly RuleRecord[]): void {
  specs.forEach((spec, index) => {
    if (specs.slice(0, index).some((earlier) => sameRule(earlier, spec))) {
      throw new AwsError('InvalidParameterValue', 'The same permission must not appear multiple times');
    }
    if (existing.some((rule) => sameRule(rule, spec))) {
      throw new AwsError(
        'InvalidPermission.Duplicate',
        `the specified rule "${summarize(spec)}" already exists`,
      );
    }
  });
  if (specs.length + existing.length > MAX_RULES) {
    throw new AwsError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
}

/** Adds rules, each with an ID of its own. The caller has checked them. */
export function addRules(specs: readonly RuleSpec[], side: RuleSide, context: MemoryContext): RuleRecord[] {
  return specs.map((spec) => {
    const record: RuleRecord = {
      ...spec,
      ruleId: newId(SECURITY_GROUP_RULE, context),
      groupId: side.group.groupId,
      isEgress: side.isEgress,
      region: context.region,
    };
    context.state.ec2.rules.set(record.ruleId, record);
    return record;
  });
}

export function removeRules(rules: readonly RuleRecord[], state: Ec2State): void {
  for (const { ruleId } of rules) {
    state.rules.delete(ruleId);
    state.tags.delete(ruleId);
  }
}

/** A rule as DescribeSecurityGroupRules shows it: ports are -1 where all are meant. */
export function viewRule(rule: RuleRecord, context: MemoryContext): JsonObject {
  const { accountId, state } = context;
  return {
    ...commonView(rule),
    GroupOwnerId: accountId,
    SecurityGroupRuleArn: arnOf(SECURITY_GROUP_RULE, rule.ruleId, { region: rule.region, accountId }),
    ...(rule.peer.kind === 'group'
      ? { ReferencedGroupInfo: { GroupId: rule.peer.value, UserId: rule.peer.userId } }
      : {}),
    Tags: tagList(state.ec2, rule.ruleId),
  };
}

/** A rule as the Revoke operations show it. */
export function viewRevokedRule(rule: RuleRecord): JsonObject {
  return {
    ...commonView(rule),
    ...(rule.peer.kind === 'group' ? { ReferencedGroupId: rule.peer.value } : {}),
  };
}

function commonView(rule: RuleRecord): JsonObject {
  return {
    SecurityGroupRuleId: rule.ruleId,
    GroupId: rule.groupId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    ...(rule.peer.kind === 'cidrIpv4' ? { CidrIpv4: rule.peer.value } : {}),
    ...(rule.peer.kind === 'cidrIpv6' ? { CidrIpv6: rule.peer.value } : {}),
    ...(rule.peer.kind === 'prefixList' ? { PrefixListId: rule.peer.value } : {}),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
  };
}

function summarize(spec: RuleSpec): string {
  const protocol = spec.protocol === '-1' ? 'ALL' : spec.protocol.toUpperCase();
  const ports =
    spec.protocol === 'tcp' || spec.protocol === 'udp'
      ? `, from port: ${spec.fromPort}, to port: ${spec.toPort}`
      : '';
  return `peer: ${spec.peer.value}, ${protocol}${ports}, ALLOW`;
}
