import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../service-definition/service-definition.ts';

export interface CreateTablesResult {
  readonly created: readonly string[];
  /** Tables that were there already; they are left as they are, but get the stream that they lack. */
  readonly kept: readonly string[];
}

export interface CreateTablesOptions {
  /** Hears what is not as serverless.yml says. */
  readonly log: (line: string) => void;
}

/** Brings about the tables of the service: their streams and time to live included. */
export async function createTables(
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
  { log }: CreateTablesOptions,
): Promise<CreateTablesResult> {
  const results = await Promise.all(
    tables.map(async (table) => {
      const isNew = await createTable(client, table);
      if (isNew) await setTimeToLive(client, table, log);
      return { name: table.name, isNew };
    }),
  );
  return {
    created: results.filter(({ isNew }) => isNew).map(({ name }) => name),
    kept: results.filter(({ isNew }) => !isNew).map(({ name }) => name),
  };
}

async function createTable(
  client: DynamoDBClient,
  { name, create }: Pick<TableDefinition, 'name' | 'create'>,
): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(create));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await enableStream(client, { name, create });
    return false;
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName: name });
  return true;
}

/** Without its stream, what is written to a table would be handled by nobody. */
async function enableStream(
  client: DynamoDBClient,
  { name, create }: Pick<TableDefinition, 'name' | 'create'>,
) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  if (create.StreamSpecification === undefined || Table?.StreamSpecification?.StreamEnabled === true) return;
  await client.send(
    new UpdateTableCommand({ TableName: name, StreamSpecification: create.StreamSpecification }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName: name });
}

async function setTimeToLive(
  client: DynamoDBClient,
  { name, timeToLiveAttribute }: TableDefinition,
  log: (line: string) => void,
): Promise<void> {
  if (timeToLiveAttribute === undefined) return;
  try {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: { AttributeName: timeToLiveAttribute, Enabled: true },
      }),
    );
  } catch (error) {
    // Expiry only tidies up: a DynamoDB that lacks it does for a laptop.
    log(
      `${name}: time to live is not available here (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
