import { StepFailure } from '../failure.ts';
import type { Action } from './action.ts';
import { checkProperty } from './resource-property.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-assertAwsResourceProperty.html */
export const assertAwsResourceProperty: Action = {
  name: 'aws:assertAwsResourceProperty',
  run: async (context) => {
    const check = await checkProperty(context);
    if (!check.matches) {
      throw new StepFailure(
        `The property ${check.selector} has the value ${JSON.stringify(check.property ?? null)}, which is not in the desired values ${JSON.stringify(check.desired)}`,
        { details: { type: 'Verification' } },
      );
    }
    return { response: check.response };
  },
};
