import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../local/dynamodb/create-tables.ts';
import { findBinary } from '../../local/dynamodb/find-binary.ts';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';
import { readServiceDefinition } from '../../local/service-definition/read-service-definition.ts';

/** Set where tests that need dynoxide must not be skipped. */
// biome-ignore lint/style/noProcessEnv: it is said from outside
const isRequired = process.env.REQUIRE_DYNOXIDE === '1';

/** Why tests against dynoxide are skipped; undefined where they are not. */
export const dynoxideMissing: string | undefined =
  isRequired || findBinary() !== undefined
    ? undefined
    : `skipped: @dynoxide/${process.platform}-${process.arch} is not installed`;

/** A DynamoDB with the tables of serverless.yml. */
export interface TestTables extends AsyncDisposable {
  readonly client: DynamoDBClient;
  readonly checkTrackerTable: string;
  readonly automationMappingTable: string;
  readonly automationExecutionTrackerTable: string;
  readonly remediationExceptionTable: string;
  readonly remediationGuardTable: string;
}

export async function startTables(): Promise<TestTables> {
  const file = new URL('../../serverless.yml', import.meta.url).pathname;
  const [definition, dynamodb] = await Promise.all([
    readServiceDefinition({ file, accountId: '012345678901', region: 'us-east-1' }),
    startDynamoDb(),
  ]);
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: dynamodb.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await createTables(client, definition.tables, { log: () => undefined });
  const nameOf = (logicalId: string) => {
    const table = definition.tables.find((each) => each.logicalId === logicalId);
    if (!table) throw new Error(`serverless.yml has no table ${logicalId}`);
    return table.name;
  };
  return {
    client,
    checkTrackerTable: nameOf('CheckTrackerTable'),
    automationMappingTable: nameOf('AutomationMappingTable'),
    automationExecutionTrackerTable: nameOf('AutomationExecutionTrackerTable'),
    remediationExceptionTable: nameOf('RemediationExceptionTable'),
    remediationGuardTable: nameOf('RemediationGuardTable'),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await dynamodb.close();
    },
  };
}
