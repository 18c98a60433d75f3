import type { Environment, WorkerOutcome } from './environment.ts';

export interface PoolOptions {
  /** Starts a new environment. */
  readonly start: () => Environment;
  /** How many may exist at once: further invocations wait. */
  readonly maximum: number;
}

/** The host was closed while an invocation waited for an environment. */
export class HostClosedError extends Error {
  constructor() {
    super('The function host is closed.');
    this.name = 'HostClosedError';
  }
}

/** The environments of one function: warm ones are used again, and more are started while invocations wait. */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #all = new Set<Environment>();
  readonly #idle: Environment[] = [];
  /** Invocations without an environment, oldest first; they are given one, or told to look again. */
  readonly #waiting: ((environment: Environment | undefined) => void)[] = [];
  #starting = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Starts one environment where there is none, and resolves once its handler can be called, or failed to load. */
  async warm(): Promise<void> {
    if (this.#all.size === 0) this.#startOne();
    await Promise.all([...this.#all].map((environment) => environment.ready));
  }

  /**
   * Runs one invocation in the first environment that is free.
   * @throws HostClosedError
   */
  async invoke(requestId: string, event: string): Promise<WorkerOutcome> {
    const environment = await this.#acquire();
    try {
      return await environment.invoke(requestId, event);
    } finally {
      this.#release(environment);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const giveUp of this.#waiting.splice(0)) giveUp(undefined);
    await Promise.all([...this.#all].map((environment) => environment.close()));
  }

  async #acquire(): Promise<Environment> {
    while (!this.#isClosed) {
      // The one used last is the warmest.
      const idle = this.#idle.pop();
      if (idle?.isUsable === true) return idle;
      if (idle !== undefined) {
        this.#all.delete(idle);
        continue;
      }
      const given = await this.#wait();
      if (given !== undefined) return given;
    }
    throw new HostClosedError();
  }

  /** Waits for an environment: one that is busy now, or a new one, whichever comes first. */
  #wait(): Promise<Environment | undefined> {
    const free = new Promise<Environment | undefined>((resolve) => this.#waiting.push(resolve));
    if (this.#starting < this.#waiting.length && this.#all.size < this.#options.maximum) this.#startOne();
    return free;
  }

  #startOne(): void {
    const environment = this.#options.start();
    this.#all.add(environment);
    this.#starting += 1;
    void environment.ready.then(() => {
      this.#starting -= 1;
      this.#handOn(environment);
    });
  }

  #release(environment: Environment): void {
    if (environment.isUsable) {
      this.#handOn(environment);
      return;
    }
    this.#all.delete(environment);
    this.#waiting.shift()?.(undefined);
  }

  /** One that failed to start is handed on all the same, since its invocation must be told why. */
  #handOn(environment: Environment): void {
    const next = this.#waiting.shift();
    if (next !== undefined) next(environment);
    else if (environment.isUsable) this.#idle.push(environment);
    else this.#all.delete(environment);
  }
}
