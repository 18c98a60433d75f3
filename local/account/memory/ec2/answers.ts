import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';

/** A request that may be repeated: the same token, operation and parameters get the first one's answer again. */
export interface Repeatable {
  readonly operation: string;
  readonly token: string | undefined;
  readonly request: JsonObject;
}

/** @throws AwsError IdempotentParameterMismatch where the parameters differ from those of the token's first use */
export function once(
  { operation, token, request }: Repeatable,
  { state }: MemoryContext,
  act: () => JsonObject,
): JsonObject {
  if (token === undefined) return act();
  const key = `${operation} ${token}`;
  const earlier = state.ec2.answers.get(key);
  const asked = JSON.stringify(request);
  if (earlier && earlier.request !== asked) {
    throw new AwsError(
      'IdempotentParameterMismatch',
      'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
    );
  }
  const answer = earlier?.answer ?? act();
  state.ec2.answers.set(key, { request: asked, answer });
  return answer;
}
