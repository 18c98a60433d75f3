import { isOfType } from '../../documents/value-types.ts';
import { asText } from '../tokens.ts';
import type { Action } from './action.ts';
import { invalidInput, requiredText } from './inputs.ts';

/**
 * Gives a variable of the runbook another value, of the same type.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-update-variable.html
 */
export const updateVariable: Action = {
  name: 'aws:updateVariable',
  run: async ({ inputs, execution }) => {
    const name = requiredText(inputs, 'Name').replace(/^variable:\s*/, '');
    const variable = execution.runbook.variables.get(name);
    if (variable === undefined) {
      const known = [...execution.runbook.variables.keys()].join(', ') || 'none';
      throw invalidInput(`the runbook has no variable ${name}. Its variables: ${known}`);
    }
    const { Value: value } = inputs;
    if (value === undefined || value === null) throw invalidInput('the input Value is missing');
    if (!isOfType(value, variable.type)) {
      throw invalidInput(
        `the value ${asText(value)} is not of the type of variable ${name}, which is ${variable.type}; types are not converted`,
      );
    }
    execution.variables.set(name, value);
    return {};
  },
};
