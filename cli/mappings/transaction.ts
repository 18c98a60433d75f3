import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { defaultsSchema, rowSchema } from '../../shared/domain/mapping-schema.ts';
import { CliError } from '../cli-error.ts';
import type { Change } from './mapping-table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html: 100 actions, 4 MB */
const MOST_WRITTEN = 100;
const MOST_BYTES = 3_000_000;

/**
 * More than one transaction could end half-way, with nobody left to take it back.
 * @throws CliError TOO_MANY_ROWS
 */
export function assertOneTransaction(changes: readonly Change[]): void {
  // What it finds is sent along with what it writes.
  const bytes = changes.reduce(
    (sum, { before, after }) => sum + Buffer.byteLength(JSON.stringify([before?.item ?? '', after ?? ''])),
    0,
  );
  if (changes.length <= MOST_WRITTEN && bytes <= MOST_BYTES) return;
  throw new CliError(
    'TOO_MANY_ROWS',
    `${changes.length} rows of ${(bytes / 1_000_000).toFixed(1)} MB are to change, and all or none of them can be written up to ${MOST_WRITTEN} rows and ${MOST_BYTES / 1_000_000} MB. Nothing was changed: name fewer files, or some of their rows with --only`,
  );
}

/** A row's write or removal, where it still is what was read. */
export function toAction(TableName: string, { checkName, before, after }: Change): TransactWriteItem {
  const item = after && marshall(after, { removeUndefinedValues: true });
  const condition = unchanged(before?.item, Object.keys(item ?? {}));
  return item === undefined
    ? { Delete: { TableName, Key: { checkName: { S: checkName } }, ...condition } }
    : { Put: { TableName, Item: item, ...condition } };
}

/** Whatever a row of either kind may have. */
const ATTRIBUTES: readonly string[] = Object.keys({ ...rowSchema.shape, ...defaultsSchema.shape });

/** The row is what it was: all that it had, and nothing else. */
function unchanged(before: Readonly<Record<string, AttributeValue>> | undefined, written: readonly string[]) {
  if (before === undefined)
    return {
      ConditionExpression: 'attribute_not_exists(#n0)',
      ExpressionAttributeNames: { '#n0': 'checkName' },
    };
  const names = [...new Set([...Object.keys(before), ...written, ...ATTRIBUTES])];
  return {
    ConditionExpression: names
      .map((name, index) => (name in before ? `#n${index} = :v${index}` : `attribute_not_exists(#n${index})`))
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      names.flatMap((name, index) => (before[name] === undefined ? [] : [[`:v${index}`, before[name]]])),
    ),
  };
}
