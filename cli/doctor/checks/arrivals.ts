import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { type Check, pass, warn } from '../check.ts';
import { tableNameOf } from '../table-names.ts';

/** Of 1 MB each: enough of a large table to see whether it lives. */
const MAX_PAGES = 5;
/** Trusted Advisor looks at everything at least once a week. */
const SILENT_MS = 8 * 86_400_000;

/** Whether findings come: the newest row. */
export const arrivals: Check = {
  id: 'arrivals',
  group: 'Events',
  title: 'findings arrive',
  async run(deps) {
    const TableName = tableNameOf(deps, 'CheckTrackerTable');
    const { newest, rows, isAll } = await newestRow(await deps.aws.dynamoDb(), TableName);
    const some = isAll ? '' : ` among the ${rows} rows that were read`;
    const remedy = 'look whether the sources are switched on in this account and region (docs/sources)';
    if (newest === undefined) return [warn('no finding has ever come', remedy)];
    const when = new Date(newest).toISOString();
    if (deps.clock.now().getTime() - newest > SILENT_MS)
      return [warn(`the newest finding${some} is of ${when}`, remedy)];
    return [pass(`the newest finding${some} is of ${when}`)];
  },
};

async function newestRow(client: DynamoDBClient, TableName: string) {
  let newest: number | undefined;
  let rows = 0;
  let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey'];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { Items = [], LastEvaluatedKey }: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName, ProjectionExpression: 'lastUpdatedEpochMs', ExclusiveStartKey }),
    );
    rows += Items.length;
    for (const { lastUpdatedEpochMs } of Items)
      newest = Math.max(newest ?? 0, Number(lastUpdatedEpochMs?.N ?? 0));
    ExclusiveStartKey = LastEvaluatedKey;
    if (ExclusiveStartKey === undefined) return { newest, rows, isAll: true };
  }
  return { newest, rows, isAll: false };
}
