import { AwsError } from '../../../../aws-error.ts';
import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import type { FilterTable } from '../filters.ts';
import { SECURITY_GROUP } from '../resource-ids.ts';
import { rulesOf } from '../rules.ts';
import { defaultVpcId, findGroupByName, viewGroup } from '../security-groups.ts';
import type { Ec2State, RulePeer, RuleRecord, SecurityGroupRecord } from '../state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html */
export const describeSecurityGroups = ec2Operation({
  input: { GroupIds: idList, GroupNames: idList, ...describeInput },
  run: ({ GroupIds, GroupNames, ...input }, context) => {
    const { ec2 } = context.state;
    if (GroupNames?.length && input.MaxResults !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'The parameter GroupName cannot be used with the parameter MaxResults',
      );
    }
    const named = (GroupNames ?? []).map((name) => findGroupByName(name, defaultVpcId(ec2), context).groupId);
    const { items, next } = describeResources(
      {
        kind: SECURITY_GROUP,
        all: () => ec2.securityGroups.values(),
        idOf: (group) => group.groupId,
        table: {
          ...GROUP_FILTERS(context.accountId),
          ...ruleFilters('ip-permission', false, ec2),
          ...ruleFilters('egress.ip-permission', true, ec2),
        },
      },
      { ...input, ids: [...(GroupIds ?? []), ...named] },
      context,
    );
    return { SecurityGroups: items.map((group) => viewGroup(group, context)), ...next };
  },
});

const GROUP_FILTERS = (accountId: string): FilterTable<SecurityGroupRecord> => ({
  'group-id': (group) => group.groupId,
  'group-name': (group) => group.groupName,
  description: (group) => group.description,
  'vpc-id': (group) => group.vpcId,
  'owner-id': () => accountId,
});

/** Filters on rules match a group when any of its rules has the value: not all filters on the same rule, as in EC2. */
function ruleFilters(prefix: string, isEgress: boolean, state: Ec2State): FilterTable<SecurityGroupRecord> {
  const each =
    (read: (rule: RuleRecord) => string | number | undefined) =>
    ({ groupId }: SecurityGroupRecord) =>
      rulesOf(groupId, isEgress, state).map(read);
  const peer = (kind: RulePeer['kind']) =>
    each((rule) => (rule.peer.kind === kind ? rule.peer.value : undefined));
  return {
    [`${prefix}.protocol`]: each((rule) => rule.protocol),
    [`${prefix}.from-port`]: each((rule) => rule.fromPort),
    [`${prefix}.to-port`]: each((rule) => rule.toPort),
    [`${prefix}.cidr`]: peer('cidrIpv4'),
    [`${prefix}.ipv6-cidr`]: peer('cidrIpv6'),
    [`${prefix}.prefix-list-id`]: peer('prefixList'),
    [`${prefix}.group-id`]: peer('group'),
  };
}
