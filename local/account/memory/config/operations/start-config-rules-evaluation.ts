import { AwsError } from '../../../../aws-error.ts';
import { configOperation } from '../config-operation.ts';
import { requireRule, ruleNames } from '../rules.ts';

const MINUTE_MS = 60_000;

/**
 * Notes when each rule's evaluation was started, as DescribeConfigRuleEvaluationStatus shows. Nothing is evaluated.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
 * @throws AwsError NoSuchConfigRuleException; LimitExceededException for a second call within a minute
 */
export const startConfigRulesEvaluation = configOperation({
  input: { ConfigRuleNames: ruleNames.min(1, 'At least one rule must be named.') },
  run: ({ ConfigRuleNames }, context) => {
    const rules = ConfigRuleNames.map((name) => requireRule(name, context));
    const { config } = context.state;
    const now = context.clock.now();
    if (config.evaluationStartedAt && now.getTime() - config.evaluationStartedAt.getTime() < MINUTE_MS) {
      throw new AwsError(
        'LimitExceededException',
        'An evaluation is in progress, or StartConfigRulesEvaluation was called more than once per minute.',
      );
    }
    config.evaluationStartedAt = now;
    for (const rule of rules) rule.evaluatedAt = now;
    return {};
  },
});
