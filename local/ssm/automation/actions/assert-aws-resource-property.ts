import { StepFailure } from '../failure.ts';
import { asText } from '../tokens.ts';
import type { Action } from './action.ts';
import { checkProperty } from './resource-property.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-assertAwsResourceProperty.html */
export const assertAwsResourceProperty: Action = {
  name: 'aws:assertAwsResourceProperty',
  run: async (context) => {
    const check = await checkProperty(context);
    if (!check.matches) {
      throw new StepFailure(
        `Property value ${quoted(check.property)} from the API output is not in the desired values. Desired values: [${check.desired.map(quoted).join(', ')}]. PropertySelector: ${check.selector}`,
        { details: { type: 'Verification' } },
      );
    }
    return { response: check.response };
  },
};

/** As AWS's messages have it: Python's words. */
function quoted(value: unknown): string {
  if (value === undefined || value === null) return "'None'";
  if (typeof value === 'boolean') return value ? "'True'" : "'False'";
  return `'${asText(value)}'`;
}
