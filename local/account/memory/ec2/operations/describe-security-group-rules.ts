import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { SECURITY_GROUP_RULE } from '../resource-ids.ts';
import { viewRule } from '../rules.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html */
export const describeSecurityGroupRules = ec2Operation({
  input: { SecurityGroupRuleIds: idList, ...describeInput },
  run: ({ SecurityGroupRuleIds, ...input }, context) => {
    const { items, next } = describeResources(
      {
        kind: SECURITY_GROUP_RULE,
        all: () => context.state.ec2.rules.values(),
        idOf: (rule) => rule.ruleId,
        table: { 'group-id': (rule) => rule.groupId, 'security-group-rule-id': (rule) => rule.ruleId },
      },
      { ...input, ids: SecurityGroupRuleIds },
      context,
    );
    return { SecurityGroupRules: items.map((rule) => viewRule(rule, context)), ...next };
  },
});
