import type { LambdaError } from './worker-protocol.ts';

/** What an invocation came to, as the Invoke API answers it. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export type InvokeResult =
  | {
      readonly outcome: 'success';
      readonly requestId: string;
      /** What the function returned, parsed. */
      readonly payload: unknown;
    }
  | {
      readonly outcome: 'error';
      readonly requestId: string;
      readonly functionError: 'Unhandled';
      readonly payload: LambdaError;
    }
  | {
      /** The function was not called, and nothing of the event has happened. */
      readonly outcome: 'throttled';
      readonly requestId: string;
      readonly reason: 'ReservedFunctionConcurrentInvocationLimitExceeded';
    };

/** Hears each line that the function `from` wrote, or that the host says about it. */
export type Log = (line: string, from: string, stream: 'stdout' | 'stderr' | 'host') => void;
