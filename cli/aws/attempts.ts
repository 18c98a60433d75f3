import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Remediation } from '../../shared/domain/remediation.ts';

/** How many findings are asked about at a time. */
const AT_A_TIME = 10;

/** The newest attempt at each of some findings, by the finding's ID. */
export async function newestAttempts(
  client: DynamoDBClient,
  tableName: string,
  findingIds: readonly string[],
): Promise<ReadonlyMap<string, Remediation>> {
  const found = new Map<string, Remediation>();
  const ids = [...new Set(findingIds)];
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const some = ids.slice(from, from + AT_A_TIME);
    const newest = await Promise.all(some.map((id) => newestOf(client, tableName, id)));
    for (const attempt of newest) if (attempt) found.set(attempt.findingId, attempt);
  }
  return found;
}

/** A row of AutomationExecutionTrackerTable. Its functions alone write it, so its shape is taken on trust. */
export function attemptFrom(item: Record<string, AttributeValue>): Remediation {
  return unmarshall(item) as Remediation;
}

/** When a row entered the state that it is in. */
export function enteredAt({ state, enteredAt: times }: Remediation): string {
  return times[state] ?? Object.values(times).toSorted().at(-1) ?? '';
}

async function newestOf(
  client: DynamoDBClient,
  TableName: string,
  findingId: string,
): Promise<Remediation | undefined> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'findingId = :id',
      ExpressionAttributeValues: { ':id': { S: findingId } },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Items[0] && attemptFrom(Items[0]);
}
