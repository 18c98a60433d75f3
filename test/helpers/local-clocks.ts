import type { Clock } from '../../local/clock.ts';

/** A clock whose sleeps take no time: it goes forward by what is slept. */
export class InstantClock implements Clock {
  readonly slept: number[] = [];
  #now: number;

  constructor(now = '2026-01-02T03:04:05.000Z') {
    this.#now = Date.parse(now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.#now += ms;
  }
}

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-01-02T03:04:05.000Z');
  readonly #sleeping: { readonly until: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#now);
  }

  /** How many sleeps are under way. */
  get sleepers(): number {
    return this.#sleeping.length;
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#sleeping.filter(({ until }) => until <= this.#now)) sleeper.wake();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        this.#sleeping.splice(this.#sleeping.indexOf(sleeper), 1);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = (): void => end(() => reject(signal?.reason));
      const sleeper = { until: this.#now + ms, wake: () => end(resolve) };
      if (signal?.aborted === true) return reject(signal.reason);
      this.#sleeping.push(sleeper);
      signal?.addEventListener('abort', abort);
    });
  }
}
