import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { optionalObjects, requiredString } from '../tags/request.ts';

/**
 * Reads `Filters` (`{ key, value }`, as Run Command has them) into one test.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CommandFilter.html
 * @throws AwsError InvalidFilterKey
 */
export function readFilters<Item>(
  input: JsonObject,
  members: Readonly<Record<string, (item: Item) => string>>,
): (item: Item, requestedAt: Date) => boolean {
  const tests = optionalObjects(input, 'Filters', { max: 5 }).map((filter) => {
    const key = requiredString(filter, 'key');
    const value = requiredString(filter, 'value', { minLength: 1, maxLength: 128 });
    if (key === 'InvokedAfter') return (_item: Item, at: Date) => at.getTime() > Date.parse(value);
    if (key === 'InvokedBefore') return (_item: Item, at: Date) => at.getTime() < Date.parse(value);
    const read = Object.hasOwn(members, key) ? members[key] : undefined;
    if (read === undefined) {
      throw new AwsError('InvalidFilterKey', `The specified filter key ${key} is not valid.`);
    }
    return (item: Item) => read(item) === value;
  });
  return (item, requestedAt) => tests.every((test) => test(item, requestedAt));
}
