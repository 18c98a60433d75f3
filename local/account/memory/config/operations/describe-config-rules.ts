import { z } from 'zod';
import { text } from '../../input.ts';
import { configOperation } from '../config-operation.ts';
import { identityOf, listRules, ruleNames } from '../rules.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigRules.html */
export const describeConfigRules = configOperation({
  input: {
    ConfigRuleNames: ruleNames.optional(),
    Filters: z.strictObject({ EvaluationMode: z.literal('DETECTIVE').optional() }).optional(),
    NextToken: text.optional(),
  },
  run: ({ ConfigRuleNames: names, NextToken: nextToken }, context) => {
    const { rules, next } = listRules({ names, nextToken }, context);
    return {
      ConfigRules: rules.map((rule) => ({
        ...identityOf(rule, context.accountId),
        EvaluationModes: [{ Mode: 'DETECTIVE' }],
        ...rule.definition,
        ConfigRuleState: 'ACTIVE',
      })),
      ...next,
    };
  },
});
