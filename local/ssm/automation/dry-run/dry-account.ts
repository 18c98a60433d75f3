import type { Account, AccountCall } from '../../../account/account.ts';
import type { Clock } from '../../../clock.ts';
import type { Journal, NotedStep } from './journal.ts';
import { isAnsweredByNothing, isReadOnly } from './read-only.ts';

/** What ends an action where it would begin to depend on what a dry run does not do. */
class Halt extends Error {}

/** The account and the clock of one step in a dry run. */
export interface DrySurroundings {
  readonly account: Account;
  readonly clock: Clock;
  /** Whether something was asked for that a dry run does not do: a change, or the passing of time. */
  readonly halted: () => 'change' | 'read' | 'sleep' | undefined;
}

/**
 * Lets an action read, and notes what it would change. A read of something that would only be there after a change,
 * and time that passes, end the action.
 */
export function drySurroundings(
  real: { readonly account: Account; readonly clock: Clock },
  journal: Journal,
  step: NotedStep,
): DrySurroundings {
  let halted: ReturnType<DrySurroundings['halted']>;
  const halt = (reason: typeof halted): never => {
    halted ??= reason;
    throw new Halt(`not in a dry run: ${reason}`);
  };
  const call = async ({ service, operation, input, region }: AccountCall) => {
    if (halted !== undefined && halted !== 'change') return halt(halted);
    const noted = { service, operation, input };
    if (!isReadOnly(operation)) {
      journal.add({ ...step, kind: 'change', ...noted });
      if (!isAnsweredByNothing(operation)) return halt('change');
      halted = 'change';
      return {};
    }
    if (journal.placeholdersIn(input).length > 0) {
      journal.add({
        ...step,
        kind: 'skipped',
        what: `read ${service}:${operation}`,
        inputs: input,
        mayChange: false,
      });
      return halt('read');
    }
    journal.add({ ...step, kind: 'read', ...noted });
    return real.account.call({ service, operation, input, region });
  };
  return {
    account: { call, handleHttp: () => halt('change'), close: async () => undefined },
    clock: { now: () => real.clock.now(), sleep: async () => halt('sleep') },
    halted: () => halted,
  };
}
