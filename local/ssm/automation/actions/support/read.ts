import type { JsonObject } from '../../../../service.ts';
import { isJsonObject } from '../../../tags/request.ts';

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
