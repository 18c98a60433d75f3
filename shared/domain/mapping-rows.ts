import { RemediatorError } from './errors.ts';
import type { CheckNames } from './finding.ts';
import { type Mapping, mappingFrom, mappingKeysOf } from './mapping.ts';
import { DEFAULTS_ROW } from './mapping-schema.ts';

/**
 * A check's mapping among rows of AutomationMappingTable, by their names.
 * @returns undefined: there is no row. An error: there is one, and it is broken
 */
export function mappingAmong(
  rows: ReadonlyMap<string, unknown>,
  check: CheckNames | string,
): Mapping | RemediatorError | undefined {
  const row = mappingKeysOf(check)
    .map((key) => rows.get(key))
    .find((each) => each !== undefined);
  if (row === undefined) return undefined;
  try {
    return mappingFrom(row, rows.get(DEFAULTS_ROW));
  } catch (error) {
    if (error instanceof RemediatorError) return error;
    throw error;
  }
}

/** A row as it was unmarshalled: string sets become lists, at any depth, since `requiredTags` may be either. */
export function plainRow(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(plainRow);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainRow(each)]));
}
