import type { Clock } from '../../../shared/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** How finely time is cut: who would wake in between wakes with others, so that their calls are under way together. */
const TICK_MS = 5;

/** Time that passes when all sleep and no call is under way: those who wake first go on, and nobody waits for real. */
export class VirtualClock implements Clock {
  #ms: number;
  #busy = 0;
  #isPumping = false;
  #sleepers: Sleeper[] = [];

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
      this.#sleepers.push({ at: Math.ceil((this.#ms + ms) / TICK_MS) * TICK_MS, wake });
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
      if (this.#sleepers.length === 0) return;
      this.#ms = Math.max(this.#ms, Math.min(...this.#sleepers.map(({ at }) => at)));
      const awake = this.#sleepers.filter(({ at }) => at <= this.#ms);
      this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#ms);
      for (const { wake } of awake) wake();
      this.#pump();
    });
  }
}
