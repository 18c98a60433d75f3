import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { tag, text } from '../../input.ts';
import { configOperation } from '../config-operation.ts';
import { ruleArn, ruleName } from '../rules.ts';

const part = z.record(z.string(), z.unknown());

const configRule = z.strictObject({
  ConfigRuleName: ruleName.optional(),
  ConfigRuleArn: text.optional(),
  ConfigRuleId: text.optional(),
  Description: text.max(256).optional(),
  Scope: part.optional(),
  Source: z.looseObject({
    Owner: z.enum(['AWS', 'CUSTOM_LAMBDA', 'CUSTOM_POLICY']),
    SourceIdentifier: text.min(1).max(256).optional(),
  }),
  InputParameters: text.max(1024).optional(),
  MaximumExecutionFrequency: z
    .enum(['One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours'])
    .optional(),
  ConfigRuleState: z.enum(['ACTIVE', 'DELETING', 'DELETING_RESULTS', 'EVALUATING']).optional(),
  EvaluationModes: z.array(part).optional(),
});

/**
 * Makes a rule, or changes the one that its name, ARN or ID says.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigRule.html
 */
export const putConfigRule = configOperation({
  input: { ConfigRule: configRule, Tags: z.array(tag).max(50).optional() },
  run: ({ ConfigRule }, context) => {
    const { ConfigRuleName, ConfigRuleArn, ConfigRuleId, ConfigRuleState, ...definition } = ConfigRule;
    const { state, clock, ids, region, accountId } = context;
    if (ConfigRuleState !== undefined && ConfigRuleState !== 'ACTIVE') {
      throw invalid(`The ConfigRuleState ${ConfigRuleState} is invalid. Only ACTIVE is permitted.`);
    }
    if (definition.InputParameters !== undefined) assertParameters(definition.InputParameters);
    const known = [...state.config.rules.values()].find(
      (rule) =>
        rule.name === ConfigRuleName ||
        rule.ruleId === ConfigRuleId ||
        ruleArn(rule, accountId) === ConfigRuleArn,
    );
    if (known) {
      known.definition = definition;
      return {};
    }
    if (ConfigRuleName === undefined) throw invalid('One of the name, ARN or ID of a rule must be given.');
    state.config.rules.set(ConfigRuleName, {
      name: ConfigRuleName,
      ruleId: `config-rule-${ids.hex(6)}`,
      region,
      createdAt: clock.now(),
      definition,
      evaluatedAt: undefined,
    });
    return {};
  },
});

function assertParameters(json: string): void {
  try {
    JSON.parse(json);
  } catch (cause) {
    throw invalid(`Invalid json ${json} passed in the InputParameters field`, cause);
  }
}

function invalid(message: string, cause?: unknown): AwsError {
  return new AwsError('InvalidParameterValueException', message, { cause });
}
