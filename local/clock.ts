import { setTimeout as delay } from 'node:timers/promises';

/** Time as the laptop's cloud sees it. Injected everywhere, so that a test of `PT1H` ends in milliseconds. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
};
