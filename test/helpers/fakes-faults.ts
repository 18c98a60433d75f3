/** The process died here: what comes after never happens. */
export class Crash extends Error {}

interface Fault {
  readonly method: string;
  readonly error: Error;
  /** Whether the call does its work, and only the answer is lost. */
  readonly afterwards: boolean;
}

/** Writes down every call of the ports that it watches, and makes calls fail as told. */
export class Faults {
  readonly calls: string[] = [];
  #crash: { readonly at: number | string; readonly when: 'before' | 'after' } | undefined;
  #faults: Fault[] = [];
  #dead = false;

  /** The n-th call from now on (1 is the next) crashes, before or after it has done its work. */
  crash(when: 'before' | 'after', at: number): void {
    this.#crash = { at: this.calls.length + at, when };
    this.#dead = false;
  }

  /** The next call of a method (such as `executions.claim`) crashes. */
  crashOn(when: 'before' | 'after', method: string): void {
    this.#crash = { at: method, when };
    this.#dead = false;
  }

  /** The next call of a method (such as `mappings.find`) fails without having done anything. */
  failOnce(method: string, error: Error): void {
    this.#faults.push({ method, error, afterwards: false });
  }

  /** The next call of a method does its work, and its answer is lost. */
  loseAnswerOnce(method: string, error: Error): void {
    this.#faults.push({ method, error, afterwards: true });
  }

  heal(): void {
    this.#crash = undefined;
    this.#faults = [];
    this.#dead = false;
  }

  count(method: string): number {
    return this.calls.filter((call) => call === method).length;
  }

  /** The same port, watched under a name. Methods of ports are all asynchronous. */
  watch<Port extends object>(name: string, port: Port): Port {
    return new Proxy(port, {
      get: (target, property) => {
        const method: unknown = Reflect.get(target, property);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) =>
          this.#call(`${name}.${String(property)}`, async () => Reflect.apply(method, target, args));
      },
    });
  }

  async #call<Result>(method: string, run: () => Promise<Result>): Promise<Result> {
    // A process that has died makes no more calls, whatever caught its death.
    if (this.#dead) throw new Crash(`long before ${method}`);
    const number = this.calls.push(method);
    const crash = [number, method].some((at) => at === this.#crash?.at) ? this.#crash : undefined;
    this.#dead = crash !== undefined;
    if (crash?.when === 'before') throw new Crash(`before ${method}`);
    const fault = this.#take(method);
    if (fault && !fault.afterwards) throw fault.error;
    const result = await run();
    if (crash) throw new Crash(`after ${method}`);
    if (fault) throw fault.error;
    return result;
  }

  #take(method: string): Fault | undefined {
    const index = this.#faults.findIndex((fault) => fault.method === method);
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0];
  }
}
