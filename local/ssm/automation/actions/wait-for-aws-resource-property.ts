import type { Action } from './action.ts';
import { checkProperty } from './resource-property.ts';

const FIRST_POLL_MS = 250;
const SLOWEST_POLL_MS = 5_000;

/**
 * Polls, slower and slower, until the property has a desired value; an API that refuses ends the attempt.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html
 */
export const waitForAwsResourceProperty: Action = {
  name: 'aws:waitForAwsResourceProperty',
  defaultTimeoutSeconds: 3600,
  run: async (context) => {
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 2, SLOWEST_POLL_MS)) {
      const check = await checkProperty(context);
      if (check.matches) return { response: check.response };
      context.signal.throwIfAborted();
      await context.deps.clock.sleep(pause, context.signal);
    }
  },
};
