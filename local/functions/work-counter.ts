/** Counts what is queued, running or retrying, so that somebody can wait for all of it to end. */
export class WorkCounter {
  #open = 0;
  /** Grows with every piece of work: whoever waits sees whether there was any meanwhile. */
  #begun = 0;
  #waiting: (() => void)[] = [];

  get begun(): number {
    return this.#begun;
  }

  /** Counts until the promise settles. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#begun += 1;
    this.#open += 1;
    try {
      return await work();
    } finally {
      this.#open -= 1;
      if (this.#open === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Resolves when nothing is open. */
  none(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
