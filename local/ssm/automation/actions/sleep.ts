import { durationMs } from '../duration.ts';
import type { Action } from './action.ts';
import { invalidInput, requiredText } from './inputs.ts';

const LONGEST_MS = 7 * 24 * 3600 * 1000;
/** Timers of the platform hold 2^31 ms at most; longer pauses are slept in parts. */
const PART_MS = 24 * 3600 * 1000;

/**
 * Sleeps for `Duration` (ISO 8601) or until `Timestamp`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-sleep.html
 */
export const sleep: Action = {
  name: 'aws:sleep',
  run: async ({ inputs, deps, signal }) => {
    const now = deps.clock.now().getTime();
    let left = inputs.Timestamp === undefined ? duration(inputs) : until(inputs, now);
    if (left > LONGEST_MS) throw invalidInput('a sleep can last 7 days at most');
    while (left > 0) {
      await deps.clock.sleep(Math.min(left, PART_MS), signal);
      left -= PART_MS;
    }
    return {};
  },
};

function duration(inputs: Readonly<Record<string, unknown>>): number {
  const text = requiredText(inputs, 'Duration');
  const ms = durationMs(text);
  if (ms === undefined) throw invalidInput(`Duration ${text} is not an ISO 8601 duration such as PT10M`);
  return ms;
}

function until(inputs: Readonly<Record<string, unknown>>, now: number): number {
  const text = requiredText(inputs, 'Timestamp');
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalidInput(`Timestamp ${text} is not an ISO 8601 time`);
  return time - now;
}
