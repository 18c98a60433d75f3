import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { CheckReader } from '../ports.ts';
import { type Image, trackedFindingFrom } from './tracked-finding.ts';

interface Options {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** CheckTrackerTable for those that only read it: how it is written stays out of their bundles. */
export function createCheckReader({ client, tableName }: Options): CheckReader {
  return {
    async get(findingId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { findingId: { S: findingId } },
          ConsistentRead: true,
        }),
      );
      return Item && trackedFindingFrom(Item as Image);
    },
  };
}
