import type { Clock } from '../../../shared/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes when all sleep and no call is under way: whoever wakes first goes on, and nobody waits for real. */
export class VirtualClock implements Clock {
  #ms: number;
  #busy = 0;
  #isPumping = false;
  readonly #sleepers: Sleeper[] = [];

  constructor(start = '2024-05-13T04:10:02.000Z') {
    this.#ms = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#ms);
  }

  advance(ms: number): void {
    this.#ms += ms;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#ms + ms, wake });
      this.#pump();
    });
  }

  /** Does real work, during which no time passes. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#pump();
    }
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    setImmediate(() => {
      this.#isPumping = false;
      if (this.#busy > 0) return;
      const [first] = this.#sleepers.sort((a, b) => a.at - b.at);
      if (!first) return;
      this.#ms = Math.max(this.#ms, first.at);
      this.#sleepers.shift();
      first.wake();
      this.#pump();
    });
  }
}
