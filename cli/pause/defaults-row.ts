import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { plainRow } from '../../shared/domain/mapping-rows.ts';
import { DEFAULTS_ROW, type PauseNote } from '../../shared/domain/mapping-schema.ts';
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
  return {
    async read() {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      // An item is a map.
      return Item && (plainRow(unmarshall(Item)) as DefaultsRow);
    },
    pause: (before, note) =>
      update(client, {
        TableName: tableName,
        Key,
        UpdateExpression: 'SET #mode = :off, #pause = :pause',
        ...unchanged(before, { ':off': 'off', ':pause': note }),
      }),
    resume(before) {
      const mode = modeBefore(before);
      return update(client, {
        TableName: tableName,
        Key,
        UpdateExpression: mode === undefined ? 'REMOVE #mode, #pause' : 'SET #mode = :mode REMOVE #pause',
        ...unchanged(before, mode === undefined ? {} : { ':mode': mode }),
      });
    },
  };
}

/** The mode that a pause took the place of. */
export function modeBefore({ pause }: DefaultsRow): string | undefined {
  const note = typeof pause === 'object' && pause !== null ? pause : {};
  return 'executionMode' in note && typeof note.executionMode === 'string' ? note.executionMode : undefined;
}

/** Nobody has changed the mode or the note since the row was read. */
function unchanged(before: DefaultsRow = {}, values: Readonly<Record<string, unknown>>) {
  const held = (name: string, place: string, value: unknown) =>
    value === undefined ? `attribute_not_exists(${name})` : `${name} = ${place}`;
  const { executionMode, pause } = before;
  const known = { ':modeBefore': executionMode, ':pauseBefore': pause };
  const given = Object.entries({ ...values, ...known }).filter(([, value]) => value !== undefined);
  return {
    ConditionExpression: `${held('#mode', ':modeBefore', executionMode)} AND ${held('#pause', ':pauseBefore', pause)}`,
    ExpressionAttributeNames: { '#mode': 'executionMode', '#pause': 'pause' },
    ...(given.length > 0
      ? { ExpressionAttributeValues: marshall(Object.fromEntries(given), { removeUndefinedValues: true }) }
      : {}),
  };
}

async function update(client: DynamoDBClient, input: UpdateItemCommandInput): Promise<void> {
  try {
    await client.send(new UpdateItemCommand(input));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new CliError(
      'CHANGED_MEANWHILE',
      'Somebody else changed the row * at this moment; nothing was changed: look, and say it again',
      { cause: error, exitCode: 1 },
    );
  }
}
