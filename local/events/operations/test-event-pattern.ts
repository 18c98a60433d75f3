import { AwsError } from '../../aws-error.ts';
import type { JsonObject, Operation } from '../../service.ts';
import { compilePattern } from '../pattern.ts';

const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'] as const;

/** TestEventPattern. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
export const testEventPattern: Operation = (input) => {
  const matches = compilePattern(requireText(input, 'EventPattern'));
  return { Result: matches(parseEvent(requireText(input, 'Event'))) };
};

function parseEvent(json: string): JsonObject {
  const event = parseObject(json);
  const missing = MANDATORY.filter((field) => event[field] === undefined);
  if (missing.length > 0) throw invalidEvent(`it has no ${missing.join(', ')}.`);
  return event;
}

function parseObject(json: string): JsonObject {
  let event: unknown;
  try {
    event = JSON.parse(json);
  } catch (error) {
    throw invalidEvent('it is not JSON.', error);
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw invalidEvent('it is not a JSON object.');
  }
  return event as JsonObject;
}

function requireText(input: JsonObject, member: 'Event' | 'EventPattern'): string {
  const value = input[member] ?? undefined;
  if (value === undefined) {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  if (typeof value !== 'string') throw new AwsError('SerializationException', `${member} must be a string`);
  return value;
}

function invalidEvent(reason: string, cause?: unknown): AwsError {
  return new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${reason}`, { cause });
}
