import type { Clock } from '../../../../local/clock.ts';
import type { Ids } from '../../../../local/ids.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(start: string = '2024-05-13T04:10:02.345Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Moves on, wakes who is due, and lets what they do happen. */
  async advance(ms: number): Promise<void> {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.until > this.#now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  get sleepers(): number {
    return this.#sleepers.size;
  }
}

/** IDs that count: `00000000-0000-4000-8000-000000000001`, `000000000001`. */
export function countingIds(): Ids {
  let count = 0;
  const next = (length: number) => (++count).toString(16).padStart(length, '0');
  return { uuid: () => `00000000-0000-4000-8000-${next(12)}`, hex: next };
}
