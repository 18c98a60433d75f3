import { waitForSignal } from '../wait-for-signal.ts';
import type { Action } from './action.ts';

/**
 * Waits (status `Waiting`) until the signal Resume is sent.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-pause.html
 */
export const pause: Action = {
  name: 'aws:pause',
  run: async ({ deps, execution, stepExecution: step, signal }) => {
    await waitForSignal(deps, { execution, step, signal, accepts: ['Resume'], read: () => true });
    return {};
  },
};
