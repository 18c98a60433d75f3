import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from '../service-definition/service-definition.ts';
import type { Log } from './invoke-result.ts';
import { runtimeExited, timedOut } from './lambda-error.ts';
import { LineSplitter } from './line-splitter.ts';
import type { InvokeMessage, LambdaError, WorkerData, WorkerMessage } from './worker-protocol.ts';

export interface EnvironmentSettings {
  readonly fn: FunctionDefinition;
  readonly variables: Readonly<Record<string, string>>;
  readonly logStreamName: string;
  readonly log: Log;
}

export type WorkerOutcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: LambdaError };

/** Lambda gives the code outside the handler ten seconds. */
const initTimeoutMs = 10_000;

/**
 * One execution environment: a worker thread that runs one invocation at a time, and stays warm between them.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly #settings: EnvironmentSettings;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #lines: Record<'stdout' | 'stderr', LineSplitter>;
  #settle: ((outcome: WorkerOutcome) => void) | undefined;
  #requestId = '';
  #isUsable = true;
  #crash: readonly string[] = [];

  readonly #initialized: Promise<WorkerOutcome>;

  /** Resolves once the handler can be called, or with why it cannot. */
  readonly ready: Promise<LambdaError | undefined>;

  constructor(settings: EnvironmentSettings) {
    this.#settings = settings;
    const splitter = (stream: 'stdout' | 'stderr') =>
      new LineSplitter((line) => settings.log(line, settings.fn.name, stream));
    this.#lines = { stdout: splitter('stdout'), stderr: splitter('stderr') };
    this.#worker = startWorker(settings);
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error: Error) => this.#noteCrash(error));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#exited(code);
        resolve();
      });
    });
    // Output past the patched streams (native code, fatal errors) must not reach the terminal either.
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#worker[stream].on('data', (chunk: Buffer) => this.#lines[stream].write(chunk.toString('utf8')));
    }
    this.#initialized = this.#waitForOutcome(initTimeoutMs, () => timedOut('-', initTimeoutMs / 1000));
    this.ready = this.#initialize();
  }

  /** False once the worker ended, or failed to start: it takes no more invocations. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Runs the handler once. Never throws: what goes wrong is the invocation's outcome. */
  async invoke(requestId: string, event: string): Promise<WorkerOutcome> {
    const problem = await this.ready;
    if (problem !== undefined) return { ok: false, error: problem };
    if (!this.#isUsable) return { ok: false, error: runtimeExited(requestId, 'signal: killed', this.#crash) };
    this.#requestId = requestId;
    const { timeoutSeconds } = this.#settings.fn;
    const message: InvokeMessage = { requestId, event, deadlineMs: Date.now() + timeoutSeconds * 1000 };
    const outcome = this.#waitForOutcome(timeoutSeconds * 1000, () => timedOut(requestId, timeoutSeconds));
    this.#worker.postMessage(message);
    return outcome;
  }

  async close(): Promise<void> {
    this.#isUsable = false;
    // Node can die with a worker that is ended while it still loads its modules.
    await this.#initialized;
    await this.#worker.terminate();
    await this.#ended;
  }

  async #initialize(): Promise<LambdaError | undefined> {
    const outcome = await this.#initialized;
    if (outcome.ok) return undefined;
    await this.close();
    return outcome.error;
  }

  #waitForOutcome(timeoutMs: number, onTimeout: () => LambdaError): Promise<WorkerOutcome> {
    return new Promise((resolve) => {
      // The real time that code takes, whatever clock the cloud runs on.
      const timer = setTimeout(() => {
        this.#isUsable = false;
        this.#settle?.({ ok: false, error: onTimeout() });
        void this.#worker.terminate();
      }, timeoutMs);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        this.#settle = undefined;
        for (const lines of Object.values(this.#lines)) lines.flush();
        resolve(outcome);
      };
    });
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'log') this.#lines[message.stream].write(message.text);
    else if (message.type === 'crash') this.#crash = message.trace;
    else if (message.type === 'ready') this.#settle?.({ ok: true, payload: '' });
    else if (message.type === 'result') this.#settle?.({ ok: true, payload: message.payload });
    else this.#settle?.({ ok: false, error: message.error });
  }

  /** What the thread itself dies of: out of memory, or an error before our own handlers stood. */
  #noteCrash(error: Error): void {
    this.#crash = (error.stack ?? error.message).split('\n');
    this.#lines.stderr.write(`${error.name}: ${error.message}\n`);
  }

  #exited(code: number): void {
    this.#isUsable = false;
    const how = this.#crash.some((line) => line.includes('ERR_WORKER_OUT_OF_MEMORY'))
      ? 'signal: killed'
      : `exit status ${code}`;
    this.#settle?.({ ok: false, error: runtimeExited(this.#requestId || '-', how, this.#crash) });
    for (const lines of Object.values(this.#lines)) lines.flush();
  }
}

function startWorker({ fn, variables, logStreamName }: EnvironmentSettings): Worker {
  const workerData: WorkerData = {
    moduleUrl: pathToFileURL(fn.file).href,
    handler: fn.handler,
    exportName: fn.exportName,
    functionName: fn.functionName,
    functionArn: fn.functionArn,
    memorySizeMb: fn.memorySizeMb,
    logStreamName,
  };
  return new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    env: { ...variables },
    name: fn.name,
    // What the host was started with (a test runner's loader, a debugger's port) is not the function's.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: fn.memorySizeMb },
  });
}
