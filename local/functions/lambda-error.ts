import type { LambdaError } from './worker-protocol.ts';

/** Errors of the sandbox, not of the function's code. https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */

export function timedOut(requestId: string, timeoutSeconds: number): LambdaError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    trace: [],
  };
}

/** @param how such as `exit status 1` or `signal: killed` */
export function runtimeExited(requestId: string, how: string, trace: readonly string[] = []): LambdaError {
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${how}`;
  return { errorType: 'Runtime.ExitError', errorMessage, trace };
}
