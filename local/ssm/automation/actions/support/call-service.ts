import { AwsError } from '../../../../aws-error.ts';
import type { JsonObject } from '../../../../service.ts';
import { apiFailure } from '../../failure.ts';
import type { ActionContext } from '../action.ts';

/** How long what was just created may be unknown to its own service. */
const CONSISTENCY_MS = 60_000;

export interface ServiceCall {
  /** Such as `ec2`. */
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
}

/**
 * Calls an API in the execution's region. Nothing is called once the step has been cancelled.
 * @throws StepFailure in AWS's words, `An error occurred (Code) when calling the X operation: …`
 */
export async function callService(context: ActionContext, call: ServiceCall): Promise<JsonObject> {
  context.signal.throwIfAborted();
  try {
    return await context.deps.account.call({ ...call, region: context.execution.region });
  } catch (error) {
    throw apiFailure(call.operation, error);
  }
}

/**
 * Describes what has just been created: undefined while its service, which is eventually consistent, does not know
 * it yet. After a minute that it is unknown is the step's failure.
 */
export function describeNew(
  context: ActionContext,
  call: ServiceCall,
): () => Promise<JsonObject | undefined> {
  const until = context.deps.clock.now().getTime() + CONSISTENCY_MS;
  return async () => {
    try {
      return await callService(context, call);
    } catch (error) {
      if (isNotFound(error) && context.deps.clock.now().getTime() < until) return undefined;
      throw error;
    }
  };
}

/** The code of the error that a failure comes from; undefined where it comes from none of AWS's. */
export function causeCode(error: unknown): string | undefined {
  return error instanceof Error && error.cause instanceof AwsError ? error.cause.code : undefined;
}

function isNotFound(error: unknown): boolean {
  return /\.NotFound$|^InvocationDoesNotExist$/.test(causeCode(error) ?? '');
}
