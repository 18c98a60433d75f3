import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { RemediationException } from '../../shared/domain/exception.ts';
import { plainItem } from '../aws/plain-item.ts';
import { CliError } from '../cli-error.ts';

/** What names an exception: the key of RemediationExceptionTable. */
export type ExceptionKey = Pick<RemediationException, 'resource' | 'checkName'>;

/** A row as it is there: people write them by hand, too. */
export type ExceptionRow = ExceptionKey & Readonly<Record<string, unknown>>;

/** RemediationExceptionTable, for those who write it. Every write is conditional on what was read. */
export interface ExceptionTable {
  get(key: ExceptionKey): Promise<ExceptionRow | undefined>;
  /** @throws CliError CHANGED_MEANWHILE */
  put(exception: RemediationException, before: ExceptionRow | undefined): Promise<void>;
  /** @throws CliError CHANGED_MEANWHILE */
  remove(before: ExceptionRow): Promise<void>;
}

export function createExceptionTable(client: DynamoDBClient, TableName: string): ExceptionTable {
  /** What was read, exactly: the row is as people read it. */
  const items = new WeakMap<ExceptionRow, Item>();
  const keyOf = ({ resource, checkName }: ExceptionKey) => marshall({ resource, checkName });
  return {
    async get(key) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      // Its key is there, whatever else is.
      const row = plainItem(Item) as ExceptionRow;
      items.set(row, Item);
      return row;
    },
    put(exception, before) {
      const Item = marshall(exception, { removeUndefinedValues: true });
      return conditionally(Item, () =>
        client.send(new PutItemCommand({ TableName, Item, ...unchanged(before && items.get(before)) })),
      );
    },
    remove: (before) =>
      conditionally(undefined, () =>
        client.send(
          new DeleteItemCommand({ TableName, Key: keyOf(before), ...unchanged(items.get(before)) }),
        ),
      ),
  };
}

type Item = Readonly<Record<string, AttributeValue>>;

/** The row is what was read; undefined: there is none. */
function unchanged(before: Item | undefined) {
  const entries = Object.entries(before ?? {});
  if (entries.length === 0)
    return {
      ConditionExpression: 'attribute_not_exists(#resource)',
      ExpressionAttributeNames: { '#resource': 'resource' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
  return {
    ConditionExpression: entries.map((_, index) => `#n${index} = :v${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#n${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], index) => [`:v${index}`, value])),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

/** @param wanted what is there afterwards; undefined: nothing */
async function conditionally(wanted: Item | undefined, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // A write whose answer was lost is tried again, and finds what it has done itself.
    if (isDeepStrictEqual(error.Item && { ...error.Item }, wanted)) return;
    throw new CliError(
      'CHANGED_MEANWHILE',
      'Somebody else changed this exception at this moment; nothing was changed: look, and say it again',
      { cause: error, exitCode: 1 },
    );
  }
}
