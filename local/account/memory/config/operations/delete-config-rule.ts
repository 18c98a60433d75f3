import { configOperation } from '../config-operation.ts';
import { requireRule, ruleName } from '../rules.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteConfigRule.html */
export const deleteConfigRule = configOperation({
  input: { ConfigRuleName: ruleName },
  run: ({ ConfigRuleName }, context) => {
    context.state.config.rules.delete(requireRule(ConfigRuleName, context).name);
    return {};
  },
});
