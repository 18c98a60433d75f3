/** What an environment's worker is started with. */
export interface WorkerData {
  /** `file:` URL of the handler's module. */
  readonly moduleUrl: string;
  readonly handler: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySizeMb: number;
  readonly logStreamName: string;
}

/** Host → worker: one invocation. Payloads travel as JSON, as they do in Lambda. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: string;
  readonly deadlineMs: number;
}

/** Lambda's error object. */
export interface LambdaError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Worker → host. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'init-error'; readonly error: LambdaError }
  /** Why it exits, where it is the code's own fault. */
  | { readonly type: 'crash'; readonly trace: readonly string[] }
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'result'; readonly payload: string }
  | { readonly type: 'error'; readonly error: LambdaError };
