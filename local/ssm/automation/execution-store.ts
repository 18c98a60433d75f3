import { AwsError } from '../../aws-error.ts';
import { type Execution, hasEnded } from './execution.ts';

/** Executions and client tokens kept; beyond that the oldest that have ended are forgotten. */
const MAX_KEPT = 10_000;

interface Start {
  readonly executionId: string;
  readonly fingerprint: string;
}

/** Executions, and the client tokens that started them. */
export class ExecutionStore {
  readonly #executions = new Map<string, Execution>();
  readonly #starts = new Map<string, Start>();

  add(execution: Execution): void {
    this.#executions.set(execution.id, execution);
    if (this.#executions.size > MAX_KEPT) this.#forgetOldest();
  }

  /** @throws AwsError AutomationExecutionNotFoundException */
  get(id: string): Execution {
    const execution = this.#executions.get(id);
    if (execution === undefined) {
      throw new AwsError(
        'AutomationExecutionNotFoundException',
        `There is no automation execution information for the requested automation execution ID ${id}.`,
      );
    }
    return execution;
  }

  newestFirst(): Execution[] {
    return [...this.#executions.values()].reverse();
  }

  /**
   * The execution that a client token has already started.
   * @throws AwsError IdempotentParameterMismatch where the token came with other inputs
   */
  startedBy(token: string, fingerprint: string): string | undefined {
    const start = this.#starts.get(token);
    if (start !== undefined && start.fingerprint !== fingerprint) {
      throw new AwsError(
        'IdempotentParameterMismatch',
        `The client token ${token} was used before with other parameters (execution ${start.executionId}).`,
      );
    }
    return start?.executionId;
  }

  rememberStart(token: string, start: Start): void {
    this.#starts.set(token, start);
    const [oldest] = this.#starts.keys();
    if (this.#starts.size > MAX_KEPT && oldest !== undefined) this.#starts.delete(oldest);
  }

  #forgetOldest(): void {
    for (const [id, execution] of this.#executions) {
      if (hasEnded(execution.status)) {
        this.#executions.delete(id);
        return;
      }
    }
  }
}
