import { parentPort, workerData } from 'node:worker_threads';
import type { InvokeMessage, LambdaError, WorkerData, WorkerMessage } from './worker-protocol.ts';

/**
 * One Lambda environment: imports the handler's module once, then runs one invocation at a time.
 * Runs in a worker thread, with the function's own environment variables.
 */
type Handler = (event: unknown, context: object) => unknown;

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');
// The host made it of this type.
const data = workerData as WorkerData;

const send = (message: WorkerMessage): void => port.postMessage(message);

/** Logs go the way of results, so that they arrive in order and before the result. */
function captureOutput(stream: 'stdout' | 'stderr'): void {
  const write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error) => void),
    done?: (error?: Error) => void,
  ): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    send({ type: 'log', stream, text });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback !== undefined) process.nextTick(callback);
    return true;
  };
  process[stream].write = write;
}

function toLambdaError(error: unknown): LambdaError {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: asText(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));

const runtimeError = (errorType: string, errorMessage: string): LambdaError => ({
  errorType,
  errorMessage,
  trace: [`${errorType}: ${errorMessage}`],
});

/** Exits as the runtime of Lambda does; the host makes Runtime.ExitError of it. */
function exitOnStrayErrors(): void {
  process.on('unhandledRejection', (reason) => {
    crash(
      'Unhandled Promise Rejection',
      { ...toLambdaError(reason), errorType: 'Runtime.UnhandledPromiseRejection' },
      128,
    );
  });
  process.on('uncaughtException', (error) => crash('Uncaught Exception', toLambdaError(error), 129));
}

function crash(title: string, error: LambdaError, exitCode: number): void {
  process.stderr.write(`${title}\t${JSON.stringify(error)}\n`);
  send({ type: 'crash', trace: error.trace.length > 0 ? error.trace : [error.errorMessage] });
  process.exit(exitCode);
}

async function loadHandler(): Promise<Handler | LambdaError> {
  let module: Record<string, unknown>;
  try {
    module = await import(data.moduleUrl);
  } catch (error) {
    const { errorMessage, errorType, trace } = toLambdaError(error);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (isMissing) return { ...runtimeError('Runtime.ImportModuleError', `Error: ${errorMessage}`), trace };
    if (error instanceof SyntaxError)
      return { ...runtimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${errorMessage}`), trace };
    return { errorType, errorMessage, trace };
  }
  const handler = module[data.exportName];
  if (handler === undefined) {
    return runtimeError('Runtime.HandlerNotFound', `${data.handler} is undefined or not exported`);
  }
  if (typeof handler !== 'function')
    return runtimeError('Runtime.HandlerNotFound', `${data.handler} is not a function`);
  if (handler.length > 2) {
    return runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24: return a promise instead',
    );
  }
  return handler as Handler;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function createContext({ requestId, deadlineMs }: InvokeMessage): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memorySizeMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${data.functionName}`,
    logStreamName: data.logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<WorkerMessage> {
  let result: unknown;
  try {
    result = await handler(JSON.parse(message.event), createContext(message));
  } catch (error) {
    return { type: 'error', error: toLambdaError(error) };
  }
  try {
    return { type: 'result', payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return { type: 'error', error: { ...toLambdaError(error), errorType: 'Runtime.MarshalError' } };
  }
}

captureOutput('stdout');
captureOutput('stderr');
exitOnStrayErrors();
const handler = await loadHandler();
if (typeof handler === 'function') {
  port.on('message', (message: InvokeMessage) => {
    void invoke(handler, message).then(send);
  });
  send({ type: 'ready' });
} else {
  send({ type: 'init-error', error: handler });
}
