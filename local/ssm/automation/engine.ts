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
  #closed = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** @throws AwsError AutomationExecutionLimitExceededException */
  assertRoom(): void {
    if (this.#closed || (this.#running.size >= MAX_RUNNING && this.#queue.length >= MAX_QUEUED)) {
      throw new AwsError(
        'AutomationExecutionLimitExceededException',
        `The number of simultaneously running Automation executions exceeded the allowable limit: ${MAX_RUNNING} run and ${MAX_QUEUED} are queued.`,
      );
    }
  }

  /** Begins an execution, now or when its turn comes; does not wait for it. */
  start(execution: Execution): void {
    this.assertRoom();
    if (this.#running.size >= MAX_RUNNING) this.#queue.push(execution);
    else this.#launch(execution);
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

  #launch(execution: Execution): void {
    const run = runExecution(this.#deps, execution).then(
      () => this.#ended(execution),
      (error: unknown) => {
        this.#deps.reportFault(error);
        this.#ended(execution);
      },
    );
    this.#running.set(execution, run);
  }

  #ended(execution: Execution): void {
    this.#running.delete(execution);
    const next = this.#queue.shift();
    if (next !== undefined) this.#launch(next);
  }
}
