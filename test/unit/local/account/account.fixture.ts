import { createMemoryAccount, type MemoryAccount } from '../../../../local/account/memory/memory-account.ts';
import type { Clock } from '../../../../local/clock.ts';
import type { Ids } from '../../../../local/ids.ts';
import type { JsonObject } from '../../../../local/service.ts';

export const ACCOUNT_ID = '012345678901';

/** A clock that stands still until it is told otherwise. */
export function manualClock(start = '2026-01-02T03:04:05.678Z'): Clock & { advance(ms: number): void } {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    sleep: async (ms) => {
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** IDs that count up. */
export function countingIds(): Ids {
  let count = 0;
  const next = (length: number) => (++count).toString(16).padStart(length, '0');
  return { uuid: () => `00000000-0000-4000-8000-${next(12)}`, hex: next };
}

export interface AccountFixture {
  readonly account: MemoryAccount;
  readonly clock: ReturnType<typeof manualClock>;
  ec2(operation: string, input?: JsonObject, region?: string): Promise<JsonObject>;
}

export function accountFixture(): AccountFixture {
  const clock = manualClock();
  const account = createMemoryAccount({ clock, ids: countingIds(), accountId: ACCOUNT_ID });
  return {
    account,
    clock,
    ec2: (operation, input = {}, region = 'us-east-1') =>
      account.call({ service: 'ec2', operation, input, region }),
  };
}
