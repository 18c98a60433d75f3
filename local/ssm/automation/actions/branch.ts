import { isJsonObject } from '../../tags/request.ts';
import type { Action } from './action.ts';
import { evaluateChoice } from './branch-operators.ts';
import { invalidInput, requiredText } from './inputs.ts';

/**
 * Goes to the step of the first choice that holds, else to `Default`, else on in the document's order.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-branch.html
 */
export const branch: Action = {
  name: 'aws:branch',
  lenientInputs: ['Choices'],
  run: async ({ inputs }) => {
    const { Choices: choices, Default: fallback } = inputs;
    if (!Array.isArray(choices) || choices.length === 0) throw invalidInput('Choices has to be a list');
    for (const choice of choices) {
      if (!isJsonObject(choice)) throw invalidInput('every choice has to be a map');
      if (evaluateChoice(choice)) return { nextStep: requiredText(choice, 'NextStep') };
    }
    return fallback === undefined ? {} : { nextStep: requiredText(inputs, 'Default') };
  },
};
