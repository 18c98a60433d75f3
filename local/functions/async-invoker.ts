import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { FunctionDefinition } from '../service-definition/service-definition.ts';
import { type AsyncCondition, asyncDestinationRecord } from './destination-record.ts';
import { type Queues, sendToFailureDestination } from './failure-destination.ts';
import type { InvokeResult, Log } from './invoke-result.ts';
import type { WorkCounter } from './work-counter.ts';

/** Calls a function once, with the request ID that all attempts at one event share. */
export type Invoke = (fn: FunctionDefinition, event: unknown, requestId: string) => Promise<InvokeResult>;

export interface AsyncInvokerOptions {
  readonly invoke: Invoke;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly work: WorkCounter;
  readonly signal: AbortSignal;
  /** What Lambda's delays between attempts are multiplied with: nobody at a laptop waits minutes. */
  readonly retryDelayScale: number;
}

/** One minute before the first retry, two before the second. */
const retryDelaysMs = [60_000, 120_000];

/**
 * Asynchronous invocation: the caller does not wait, a failed event is tried again, and what fails for good goes to
 * the function's on-failure destination. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsyncInvoker {
  readonly #options: AsyncInvokerOptions;

  constructor(options: AsyncInvokerOptions) {
    this.#options = options;
  }

  /** Accepts an event. Returns at once. */
  enqueue(fn: FunctionDefinition, event: unknown): void {
    const { work, log, signal } = this.#options;
    work
      .track(() => this.#run(fn, event))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log(`an event was lost: ${problem}`, fn.name, 'host');
      });
  }

  async #run(fn: FunctionDefinition, event: unknown): Promise<void> {
    const { invoke, clock, ids, signal, retryDelayScale } = this.#options;
    const { maximumRetryAttempts, maximumEventAgeSeconds } = fn.asyncConfig;
    const acceptedAt = clock.now().getTime();
    const requestId = ids.uuid();
    let result: InvokeResult | undefined;
    for (let invokeCount = 0; ; ) {
      const giveUp = (condition: AsyncCondition) =>
        this.#fail(fn, { event, requestId, condition, invokeCount, result });
      if (clock.now().getTime() - acceptedAt > maximumEventAgeSeconds * 1000)
        return giveUp('EventAgeExceeded');
      result = await invoke(fn, event, requestId);
      if (result.outcome === 'success') return;
      signal.throwIfAborted();
      // Throttled by a reserved concurrency of zero: Lambda does not even retry.
      if (result.outcome === 'throttled') return giveUp('ZeroReservedConcurrency');
      invokeCount += 1;
      if (invokeCount > maximumRetryAttempts) return giveUp('RetriesExhausted');
      await clock.sleep((retryDelaysMs[invokeCount - 1] ?? 0) * retryDelayScale, signal);
    }
  }

  async #fail(
    fn: FunctionDefinition,
    failed: {
      readonly event: unknown;
      readonly requestId: string;
      readonly condition: AsyncCondition;
      readonly invokeCount: number;
      readonly result: InvokeResult | undefined;
    },
  ): Promise<void> {
    const { queues, clock, log } = this.#options;
    const queueArn = fn.asyncConfig.onFailureQueueArn;
    const body = JSON.stringify(asyncDestinationRecord({ fn, ...failed, now: clock.now() }));
    const { condition } = failed;
    await sendToFailureDestination({ functionName: fn.name, condition, queueArn, body }, { queues, log });
  }
}
