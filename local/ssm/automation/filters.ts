import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { optionalObjects, optionalStrings, requiredString } from '../tags/request.ts';

/** Whether an item passes a filter with these values. */
export type FilterTest<T> = (item: T, values: readonly string[]) => boolean;

const STATUSES: ReadonlySet<string> = new Set([
  'Pending',
  'InProgress',
  'Waiting',
  'Success',
  'TimedOut',
  'Cancelling',
  'Cancelled',
  'Failed',
  'PendingApproval',
  'Approved',
  'Rejected',
  'Scheduled',
  'RunbookInProgress',
  'PendingChangeCalendarOverride',
  'ChangeCalendarOverrideApproved',
  'ChangeCalendarOverrideRejected',
  'CompletedWithSuccess',
  'CompletedWithFailure',
  'Exited',
]);

/**
 * The items that pass all `Filters` of a request.
 * @throws AwsError InvalidFilterKey, InvalidFilterValue
 */
export function applyFilters<T>(
  items: readonly T[],
  tests: ReadonlyMap<string, FilterTest<T>>,
  input: JsonObject,
): T[] {
  const filters = optionalObjects(input, 'Filters', { max: 10 }).map((filter) => {
    const key = requiredString(filter, 'Key');
    const test = tests.get(key);
    if (test === undefined) {
      throw new AwsError(
        'InvalidFilterKey',
        `The filter key ${key} is not valid. Valid keys: ${[...tests.keys()].join(', ')}.`,
      );
    }
    const values = optionalStrings(filter, 'Values', { min: 1, max: 10, minLength: 1, maxLength: 150 });
    checkValues(key, values);
    return { test, values };
  });
  return items.filter((item) => filters.every(({ test, values }) => test(item, values)));
}

/** A filter on one text of an item. */
export function equals<T>(read: (item: T) => string | undefined): FilterTest<T> {
  return (item, values) => {
    const text = read(item);
    return text !== undefined && values.includes(text);
  };
}

/** Filters `StartTimeBefore` and `StartTimeAfter`. */
export function startTimeFilters<T>(read: (item: T) => Date | undefined): [string, FilterTest<T>][] {
  const compare =
    (passes: (start: number, limit: number) => boolean): FilterTest<T> =>
    (item, values) => {
      const start = read(item)?.getTime();
      return start !== undefined && values.every((value) => passes(start, Date.parse(value)));
    };
  return [
    ['StartTimeBefore', compare((start, limit) => start < limit)],
    ['StartTimeAfter', compare((start, limit) => start > limit)],
  ];
}

function checkValues(key: string, values: readonly string[]): void {
  if (values.length === 0) throw invalidValue(key, 'it has none');
  for (const value of values) {
    if (key.startsWith('StartTime') && Number.isNaN(Date.parse(value))) {
      throw invalidValue(key, `${value} is not an ISO 8601 time`);
    }
    if (key.endsWith('ExecutionStatus') && !STATUSES.has(value)) {
      throw invalidValue(key, `${value} is not a status. Statuses: ${[...STATUSES].join(', ')}`);
    }
  }
}

function invalidValue(key: string, reason: string): AwsError {
  return new AwsError('InvalidFilterValue', `The value of the filter ${key} is not valid: ${reason}.`);
}
