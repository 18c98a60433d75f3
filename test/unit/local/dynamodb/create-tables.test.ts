import { DescribeTableCommand, DescribeTimeToLiveCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../local/dynamodb/create-tables.ts';
import type { TableDefinition } from '../../../../local/service-definition/service-definition.ts';
import { dynoxideMissing, openDynamoDb } from '../../../helpers/local-dynamodb.ts';

const items: TableDefinition = {
  logicalId: 'ItemsTable',
  name: 'Items',
  create: {
    TableName: 'Items',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
  timeToLiveAttribute: 'expiresAt',
  pointInTimeRecovery: true,
  deletionProtection: true,
};
const { StreamSpecification: _stream, ...withoutStream } = items.create;
const log = () => {};

describe.skipIf(dynoxideMissing !== undefined)(`createTables ${dynoxideMissing ?? ''}`, () => {
  it('makes tables with their stream and time to live', async () => {
    await using dynamoDb = await openDynamoDb();
    expect(await createTables(dynamoDb.client, [items], { log })).toEqual({ created: ['Items'], kept: [] });
    const { Table } = await dynamoDb.client.send(new DescribeTableCommand({ TableName: 'Items' }));
    expect(Table?.LatestStreamArn).toContain('table/Items/stream/');
    const { TimeToLiveDescription } = await dynamoDb.client.send(
      new DescribeTimeToLiveCommand({ TableName: 'Items' }),
    );
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  });

  it('keeps tables that are there, with what is in them', async () => {
    await using dynamoDb = await openDynamoDb();
    await createTables(dynamoDb.client, [items], { log });
    await dynamoDb.client.send(new PutItemCommand({ TableName: 'Items', Item: { id: { S: 'a' } } }));
    expect(await createTables(dynamoDb.client, [items], { log })).toEqual({ created: [], kept: ['Items'] });
    const { Table } = await dynamoDb.client.send(new DescribeTableCommand({ TableName: 'Items' }));
    expect(Table?.ItemCount).toBe(1);
  });

  it('gives a table that is there the stream that it lacks', async () => {
    await using dynamoDb = await openDynamoDb();
    await createTables(dynamoDb.client, [{ ...items, create: withoutStream }], { log });
    await createTables(dynamoDb.client, [items], { log });
    const { Table } = await dynamoDb.client.send(new DescribeTableCommand({ TableName: 'Items' }));
    expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it('does without time to live, and says so', async () => {
    await using dynamoDb = await openDynamoDb();
    const lines: string[] = [];
    const refused = { ...items, timeToLiveAttribute: '' };
    await createTables(dynamoDb.client, [refused], { log: (line) => lines.push(line) });
    expect(lines).toEqual([expect.stringContaining('Items: time to live is not available here')]);
  });

  it('does not hide that a table cannot be made', async () => {
    await using dynamoDb = await openDynamoDb();
    const broken = { ...items, create: { ...items.create, KeySchema: [] } };
    await expect(createTables(dynamoDb.client, [broken], { log })).rejects.toThrow();
  });
});
