import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../../../local/service-definition/service-definition.ts';
import { type Check, type DoctorDeps, fail, orPass, type Result, warn } from '../check.ts';
import { tableNameOf } from '../table-names.ts';

/** The tables, as resources/tables.yml has them. */
export const tables: Check = {
  id: 'tables',
  group: 'Tables',
  title: 'tables, keys, indexes, streams, expiry',
  async run(deps) {
    const client = await deps.aws.dynamoDb();
    const wrong = await Promise.all(deps.stack.tables.map((expected) => look(client, expected, deps)));
    return orPass(wrong.flat(), `${deps.stack.tables.length} tables are as the template has them`);
  },
};

async function look(
  client: DynamoDBClient,
  expected: TableDefinition,
  deps: DoctorDeps,
): Promise<readonly Result[]> {
  const TableName = tableNameOf(deps, expected.logicalId);
  const table = await describe(client, TableName);
  if (table === undefined)
    return [
      fail(`there is no table ${TableName}`, 'deploy the stack, or name the table by its option (--help)'),
    ];
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const { AttributeName, TimeToLiveStatus = '' } = TimeToLiveDescription ?? {};
  const expires = AttributeName === expected.timeToLiveAttribute && /^ENABL/.test(TimeToLiveStatus);
  const faults = [
    ...faultsOf(table, expected),
    ...(expected.timeToLiveAttribute === undefined || expires
      ? []
      : [`its rows do not expire by ${expected.timeToLiveAttribute}`]),
  ];
  return faults.map((fault) =>
    fail(`${TableName}: ${fault}`, 'deploy the stack again; see resources/tables.yml'),
  );
}

/** What differs from the template. */
function faultsOf(table: TableDescription, { create }: TableDefinition): readonly string[] {
  const { StreamViewType: wanted } = create.StreamSpecification ?? {};
  const { StreamEnabled, StreamViewType } = table.StreamSpecification ?? {};
  const has = (table.GlobalSecondaryIndexes ?? []).map((each) => [each.IndexName, each] as const);
  const indexes = new Map(has);
  return [
    ...(table.TableStatus === 'ACTIVE' ? [] : [`it is ${table.TableStatus}`]),
    ...(keyText(table.KeySchema) === keyText(create.KeySchema)
      ? []
      : [`its key is ${keyText(table.KeySchema)}, not ${keyText(create.KeySchema)}`]),
    ...(wanted === undefined || (StreamEnabled === true && StreamViewType === wanted)
      ? []
      : [`its stream is ${StreamEnabled === true ? StreamViewType : 'off'}, not ${wanted}`]),
    ...(create.GlobalSecondaryIndexes ?? []).flatMap(({ IndexName, KeySchema }) => {
      const index = indexes.get(IndexName);
      if (index === undefined) return [`it has no index ${IndexName}`];
      if (keyText(index.KeySchema) !== keyText(KeySchema))
        return [`the key of its index ${IndexName} is wrong`];
      const { IndexStatus = 'ACTIVE' } = index;
      return IndexStatus === 'ACTIVE' ? [] : [`its index ${IndexName} is ${IndexStatus}`];
    }),
  ];
}

type Key = readonly { readonly AttributeName: string | undefined; readonly KeyType: string | undefined }[];

function keyText(schema: Key = []): string {
  return schema.map(({ AttributeName, KeyType }) => `${AttributeName} (${KeyType})`).join(', ');
}

async function describe(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** What is there for the day on which somebody deletes something. */
export const deletionProtection: Check = {
  id: 'deletion-protection',
  group: 'Tables',
  title: 'deletion protection',
  async run(deps) {
    if (deps.isLaptop) return [{ verdict: 'skip', found: 'nothing is kept on a laptop' }];
    const client = await deps.aws.dynamoDb();
    const names = deps.stack.tables
      .filter((table) => table.deletionProtection)
      .map(({ logicalId }) => tableNameOf(deps, logicalId));
    const described = await Promise.all(names.map((name) => describe(client, name)));
    const open = names.filter((_, index) => described[index]?.DeletionProtectionEnabled === false);
    const wrong = open.map((name) =>
      warn(`${name} can be deleted`, 'deploy with --param deletionProtection=true'),
    );
    return orPass(wrong, `${names.length} tables cannot be deleted by mistake`);
  },
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const pointInTimeRecovery: Check = {
  id: 'point-in-time-recovery',
  group: 'Tables',
  title: 'point-in-time recovery',
  async run(deps) {
    if (deps.isLaptop) return [{ verdict: 'skip', found: 'nothing is kept on a laptop' }];
    const client = await deps.aws.dynamoDb();
    const names = deps.stack.tables
      .filter((table) => table.pointInTimeRecovery)
      .map(({ logicalId }) => tableNameOf(deps, logicalId));
    const wrong = await Promise.all(names.map((name) => cannotGoBack(client, name)));
    return orPass(wrong.flat(), `${names.length} tables can be taken back to any of the last 35 days`);
  },
};

async function cannotGoBack(client: DynamoDBClient, TableName: string): Promise<readonly Result[]> {
  try {
    const { ContinuousBackupsDescription } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const status = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    if (status === 'ENABLED') return [];
  } catch (error) {
    // That it is missing, another check says.
    if (error instanceof Error && error.name === 'TableNotFoundException') return [];
    throw error;
  }
  return [
    warn(
      `${TableName} cannot be taken back to an earlier time`,
      'deploy with --param pointInTimeRecovery=true',
    ),
  ];
}
