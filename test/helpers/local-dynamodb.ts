import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { findBinary } from '../../local/dynamodb/find-binary.ts';
import { startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';

/** Why tests against a real DynamoDB engine are skipped; undefined where they run. */
export const dynoxideMissing =
  findBinary() === undefined ? `no dynoxide for ${process.platform}-${process.arch}` : undefined;

/** A DynamoDB of the test's own, with clients. */
export async function openDynamoDb() {
  const dynamoDb = await startDynamoDb();
  const config = {
    endpoint: dynamoDb.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const client = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  return {
    url: dynamoDb.url,
    client,
    streams,
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      streams.destroy();
      await dynamoDb.close();
    },
  };
}
