import { AwsError } from '../../aws-error.ts';
import type { EngineDeps } from './deps.ts';
import type { Execution } from './execution.ts';
import { runExecution } from './run-execution.ts';

/** Executions that run at once, and that wait to; AWS's own quotas. */
export const MAX_RUNNING = 100;
export const MAX_QUEUED = 1_000;

/** Runs executions side by side, and queues those that are too many. */
export class AutomationEngine {
  readonly #deps: EngineDeps;
  readonly #running = new Map<Execution, Promise<void>>();
  readonly #queue: Execution[] = [];
  /** Executions that have taken one of the places; children have none of their own. */
  #places = 0;
  #closed = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** @throws AwsError AutomationExecutionLimitExceededException */
  assertRoom(): void {
    if (this.#closed || (this.#places >= MAX_RUNNING && this.#queue.length >= MAX_QUEUED)) throw noRoom();
  }

  /** Begins an execution, now or when its turn comes; does not wait for it. */
  start(execution: Execution): void {
    this.assertRoom();
    if (this.#places >= MAX_RUNNING) this.#queue.push(execution);
    else this.#takePlace(execution);
  }

  /**
   * Begins an execution that a running one waits for: it takes no place, or parents that fill all of
   * them would wait for ever.
   */
  startNow(execution: Execution): void {
    if (this.#closed) throw noRoom();
    this.#launch(execution, () => {});
  }

  /** Resolves when nothing runs and nothing is queued. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Cancels what runs or is queued, and waits for its end. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const execution of [...this.#running.keys(), ...this.#queue]) {
      execution.cancellation.abort();
    }
    await this.idle();
  }

  #takePlace(execution: Execution): void {
    this.#places += 1;
    this.#launch(execution, () => {
      this.#places -= 1;
      const next = this.#queue.shift();
      if (next !== undefined) this.#takePlace(next);
    });
  }

  #launch(execution: Execution, ended: () => void): void {
    const settle = () => {
      this.#running.delete(execution);
      execution.ended.resolve();
      ended();
    };
    const run = runExecution(this.#deps, execution).then(settle, (error: unknown) => {
      this.#deps.reportFault(error);
      settle();
    });
    this.#running.set(execution, run);
  }
}

function noRoom(): AwsError {
  return new AwsError(
    'AutomationExecutionLimitExceededException',
    `The number of simultaneously running Automation executions exceeded the allowable limit: ${MAX_RUNNING} run and ${MAX_QUEUED} are queued.`,
  );
}
