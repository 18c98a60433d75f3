import { integer, text } from '../../input.ts';
import { configOperation } from '../config-operation.ts';
import { identityOf, listRules, ruleNames } from '../rules.ts';

/**
 * When rules were last told to evaluate: that takes no time here, and never fails.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigRuleEvaluationStatus.html
 */
export const describeConfigRuleEvaluationStatus = configOperation({
  input: { ConfigRuleNames: ruleNames.optional(), NextToken: text.optional(), Limit: integer.optional() },
  run: ({ ConfigRuleNames: names, NextToken: nextToken, Limit }, context) => {
    const limit = Limit === 0 ? undefined : Limit;
    const { rules, next } = listRules({ names, nextToken, limit }, context);
    return {
      ConfigRulesEvaluationStatus: rules.map((rule) => ({
        ...identityOf(rule, context.accountId),
        FirstActivatedTime: rule.createdAt,
        FirstEvaluationStarted: rule.evaluatedAt !== undefined,
        ...(rule.evaluatedAt && {
          LastSuccessfulInvocationTime: rule.evaluatedAt,
          LastSuccessfulEvaluationTime: rule.evaluatedAt,
        }),
      })),
      ...next,
    };
  },
});
