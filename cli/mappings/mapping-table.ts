import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { NotAws } from '../aws/faults.ts';
import { plainItem } from '../aws/plain-item.ts';
import { scan } from '../aws/scan.ts';
import { CliError } from '../cli-error.ts';
import type { Row } from './mappings-file.ts';
import { assertOneTransaction, toAction } from './transaction.ts';

type Item = Record<string, AttributeValue>;

/** A row as it stands in the table; people write it, so it may hold anything. */
export interface StoredRow {
  readonly row: Row;
  /** Exactly: what a write must still find there. */
  readonly item: Item;
}

/** A row to write, or (`after` undefined) to remove, where the table still has what was read. */
export interface Change {
  readonly checkName: string;
  readonly before: StoredRow | undefined;
  readonly after: Row | undefined;
}

/** AutomationMappingTable, as people change it. */
export interface MappingTable {
  list(): Promise<readonly StoredRow[]>;
  find(checkNames: readonly string[]): Promise<ReadonlyMap<string, StoredRow>>;
  /**
   * All changes, or none.
   * @throws CliError CHANGED_MEANWHILE: a row is no more what it was when it was read; TOO_MANY_ROWS
   */
  apply(changes: readonly Change[]): Promise<void>;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_READ = 100;
const LISTED_AT_ONCE = 10_000;

export function createMappingTable(client: DynamoDBClient, tableName: string): MappingTable {
  return {
    async list() {
      const items = await all(client, tableName);
      return items.map(stored).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    },
    async find(checkNames) {
      const items: Item[] = [];
      const names = [...new Set(checkNames)];
      for (let from = 0; from < names.length; from += MOST_READ)
        items.push(...(await read(client, tableName, names.slice(from, from + MOST_READ))));
      return new Map(items.map((item) => [item.checkName?.S ?? '', stored(item)]));
    },
    async apply(changes) {
      assertOneTransaction(changes);
      await write(client, tableName, changes);
    },
  };
}

async function all(client: DynamoDBClient, tableName: string): Promise<Item[]> {
  const items: Item[] = [];
  let startingToken: string | undefined;
  do {
    const page = await scan(client, {
      tableName,
      key: ['checkName'],
      filters: [],
      limit: LISTED_AT_ONCE,
      startingToken,
    });
    items.push(...page.items);
    startingToken = page.nextToken;
  } while (startingToken !== undefined);
  return items;
}

function stored(item: Item): StoredRow {
  const row = plainItem(item);
  return { row, item };
}

function nameOf({ row }: StoredRow): string {
  return String(row.checkName);
}

async function read(client: DynamoDBClient, tableName: string, names: readonly string[]): Promise<Item[]> {
  const items: Item[] = [];
  let Keys: Item[] = names.map((name) => ({ checkName: { S: name } }));
  while (Keys.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
    );
    if (Responses === undefined) throw new NotAws('BatchGetItem', 'Responses');
    items.push(...(Responses[tableName] ?? []));
    const left = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (left.length === Keys.length)
      throw new CliError(
        'THROTTLED',
        `DynamoDB reads nothing of ${tableName} at the moment; try again in a minute`,
      );
    Keys = left;
  }
  return items;
}

async function write(client: DynamoDBClient, tableName: string, changes: readonly Change[]): Promise<void> {
  try {
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: changes.map((change) => toAction(tableName, change)) }),
    );
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    const met = changes.filter((_, index) =>
      /^(ConditionalCheckFailed|TransactionConflict)$/.test(codes[index] ?? ''),
    );
    if (met.length === 0) throw error;
    const names = met.map(({ checkName }) => JSON.stringify(checkName)).join(', ');
    throw new CliError(
      'CHANGED_MEANWHILE',
      `Somebody else changed ${names} at this moment; nothing was changed: look, and say it again`,
      { cause: error, exitCode: 1 },
    );
  }
}
