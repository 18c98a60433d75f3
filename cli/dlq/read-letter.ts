import type { FunctionDefinition } from '../../local/service-definition/service-definition.ts';
import { letterReaders } from './kinds/registry.ts';
import { type Illegible, type Letter, objectIn } from './letter.ts';
import type { RawMessage } from './ports.ts';
import type { FailureQueue } from './stack-queues.ts';

/**
 * What a message of a queue is. Only a function whose failures go to that queue is ever called for it: who may write to
 * a queue must not be able to call others. Messages of a queue that a person named may be of any function of the stack.
 */
export function readLetter(
  message: RawMessage,
  queue: FailureQueue,
  functions: readonly FunctionDefinition[],
): Letter | Illegible {
  const body = parsed(message.body);
  if (body === undefined) return { kind: 'unknown', why: 'it is no JSON object' };
  const callable = queue.functions.length > 0 ? queue.functions : functions;
  const functionOf = (arn: unknown) => callable.find(({ functionArn }) => keyOf(arn) === keyOf(functionArn));
  const topical = callable.filter(({ topics }) => topics.length > 0);
  const fallback = topical.length === 1 ? topical[0] : undefined;
  for (const read of letterReaders) {
    const letter = read({ message, body, functionOf, fallback });
    if (letter !== undefined) return letter;
  }
  return { kind: 'unknown', why: 'it is neither of EventBridge nor of Lambda or SNS' };
}

/** A function by account and name: a queue's are all in its region. */
function keyOf(arn: unknown): string | undefined {
  const [, key] = /^arn:[^:]+:lambda:[^:]+:(\d{12}:function:[^:]+)(?::\$LATEST)?$/.exec(String(arn)) ?? [];
  return key;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? objectIn(value) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
