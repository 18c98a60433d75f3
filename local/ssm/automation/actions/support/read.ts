import type { JsonObject } from '../../../../service.ts';
import { isJsonObject } from '../../../tags/request.ts';
import { StepFailure } from '../../failure.ts';

/** The maps in a list of a response; none where it is absent. */
export function listOf(response: unknown, member: string): readonly JsonObject[] {
  const value = isJsonObject(response) ? response[member] : undefined;
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** A member that is a map; an empty one where it is absent. */
export function mapOf(response: unknown, member: string): JsonObject {
  const value = isJsonObject(response) ? response[member] : undefined;
  return isJsonObject(value) ? value : {};
}

/** A member as text; undefined where it is absent. */
export function textOf(response: unknown, member: string): string | undefined {
  const value = isJsonObject(response) ? response[member] : undefined;
  if (value === undefined || value === null) return undefined;
  return value instanceof Date ? value.toISOString() : String(value);
}

/**
 * The ID of what an operation has just made or started.
 * @throws StepFailure where the response has none: what follows must not name something else
 */
export function idOf(response: unknown, member: string, operation: string): string {
  const id = textOf(response, member);
  if (id !== undefined && id !== '') return id;
  throw new StepFailure(`The response of the ${operation} operation has no ${member}`, {
    details: { stage: 'PostVerification' },
  });
}
