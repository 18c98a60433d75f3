import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { DEFAULTS_ROW, type PauseNote } from '../../shared/domain/mapping-schema.ts';
import { NotAws } from '../aws/faults.ts';
import { plainItem } from '../aws/plain-item.ts';
import { CliError } from '../cli-error.ts';

/** The row `*` of AutomationMappingTable; people write it, so it may hold anything. */
export type DefaultsRow = Readonly<Record<string, unknown>>;

/** The row `*`, as far as a pause changes it. Every write is conditional on what was read. */
export interface DefaultsTable {
  read(): Promise<DefaultsRow | undefined>;
  /** @throws CliError CHANGED_MEANWHILE */
  pause(before: DefaultsRow | undefined, note: PauseNote): Promise<void>;
  /** Puts back the mode that the note names. @throws CliError CHANGED_MEANWHILE */
  resume(before: DefaultsRow): Promise<void>;
}

export function createDefaultsTable(client: DynamoDBClient, tableName: string): DefaultsTable {
  const Key = marshall({ checkName: DEFAULTS_ROW });
  /** What was read, exactly: the row is as people read it. */
  const items = new WeakMap<DefaultsRow, Item>();
  return {
    async read() {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      const row = plainItem(Item);
      items.set(row, Item);
      return row;
    },
    pause(before, note) {
      const wanted = marshall({ executionMode: 'off', pause: note });
      return update(client, wanted, {
        TableName: tableName,
        Key,
        UpdateExpression: 'SET #mode = :off, #pause = :pause',
        ...unchanged(before && items.get(before), { ':off': wanted.executionMode, ':pause': wanted.pause }),
      });
    },
    resume(before) {
      const mode = modeBefore(before);
      const wanted: Item = mode === undefined ? {} : marshall({ executionMode: mode });
      return update(client, wanted, {
        TableName: tableName,
        Key,
        UpdateExpression: mode === undefined ? 'REMOVE #mode, #pause' : 'SET #mode = :mode REMOVE #pause',
        ...unchanged(items.get(before), { ':mode': wanted.executionMode }),
      });
    },
  };
}

/** The mode that a pause took the place of. */
export function modeBefore({ pause }: DefaultsRow): string | undefined {
  const note = typeof pause === 'object' && pause !== null ? pause : {};
  return 'executionMode' in note && typeof note.executionMode === 'string' ? note.executionMode : undefined;
}

type Item = Readonly<Record<string, AttributeValue>>;
type Values = Readonly<Record<string, AttributeValue | undefined>>;

/** Nobody has changed the mode or the note since the row was read. */
function unchanged(before: Item = {}, values: Values) {
  const held = (name: string, place: string, value: unknown) =>
    value === undefined ? `attribute_not_exists(${name})` : `${name} = ${place}`;
  const { executionMode, pause } = before;
  const all = { ...values, ':modeBefore': executionMode, ':pauseBefore': pause };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return {
    ConditionExpression: `${held('#mode', ':modeBefore', executionMode)} AND ${held('#pause', ':pauseBefore', pause)}`,
    ExpressionAttributeNames: { '#mode': 'executionMode', '#pause': 'pause' },
    ...(given.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(given) } : {}),
  };
}

/**
 * @param wanted mode and note, as they are afterwards
 * @throws CliError CHANGED_MEANWHILE; NotAws where they are not: in an emergency a pause that does not hold is worst
 */
async function update(client: DynamoDBClient, wanted: Item, input: UpdateItemCommandInput): Promise<void> {
  const { Attributes } = await written(client, wanted, input);
  if (!holds(Attributes, wanted)) throw new NotAws('UpdateItem', 'what was written');
}

async function written(client: DynamoDBClient, wanted: Item, input: UpdateItemCommandInput) {
  try {
    return await client.send(
      new UpdateItemCommand({
        ...input,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // A write whose answer was lost is tried again, and finds what it has done itself.
    if (holds(error.Item, wanted)) return { Attributes: error.Item };
    throw new CliError(
      'CHANGED_MEANWHILE',
      'Somebody else changed the row * at this moment; nothing was changed: look, and say it again',
      { cause: error, exitCode: 1 },
    );
  }
}

function holds(item: Item | undefined, { executionMode, pause }: Item): boolean {
  return (
    item !== undefined &&
    isDeepStrictEqual(item.executionMode, executionMode) &&
    isDeepStrictEqual(item.pause, pause)
  );
}
