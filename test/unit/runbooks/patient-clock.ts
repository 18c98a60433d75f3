import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../local/clock.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * Time that jumps to the next sleeper's hour, but not while something is under way outside of this process
 * (a server's answer, a script): no timeout passes over what is only slower than a jump.
 */
export class PatientClock implements Clock {
  #now = Date.parse('2024-11-29T19:43:20.000Z');
  #sleepers: Sleeper[] = [];
  #watching = false;
  #underWay = 0;

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { due: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
      void this.#watch();
    });
  }

  /** Time stands still until the work is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    while (this.#sleepers.length > 0) {
      for (let idle = 0; idle < 10; idle++) await turn();
      if (this.#underWay > 0) await delay(1);
      else this.#jump();
    }
    this.#watching = false;
  }

  #jump(): void {
    const [first] = this.#sleepers.sort((a, b) => a.due - b.due);
    if (first === undefined) return;
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== first);
    this.#now = Math.max(this.#now, first.due);
    first.wake();
  }
}
