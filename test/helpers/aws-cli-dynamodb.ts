import { expect } from 'vitest';
import type { AwsCommands } from './aws-cli.ts';

const TABLE = 'MadeByTheCli';

/** DynamoDB and its Streams, by command: all of them pass through to the engine. */
export async function tablesAndStreams(aws: AwsCommands): Promise<void> {
  await aws.json(
    `dynamodb create-table --table-name ${TABLE} --billing-mode PAY_PER_REQUEST`,
    ...['--attribute-definitions', 'AttributeName=id,AttributeType=S'],
    ...['--key-schema', 'AttributeName=id,KeyType=HASH'],
    ...['--stream-specification', 'StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES'],
  );
  expect(await aws.json('dynamodb list-tables')).toMatchObject({
    TableNames: expect.arrayContaining([TABLE, 'AutomationMappingTable', 'CheckTrackerTable']),
  });
  const arn = await aws.text(
    `dynamodb describe-table --table-name ${TABLE} --query Table.LatestStreamArn --output text`,
  );
  expect(arn).toContain(`:table/${TABLE}/stream/`);

  const item = (id: string, value: string) => JSON.stringify({ id: { S: id }, value: { S: value } });
  const put = (id: string) =>
    [`dynamodb put-item --table-name ${TABLE} --item`, item(id, 'one'), ...NEW_ONLY] as const;
  await aws.json(...put('a'));
  expect(await aws.refused('ConditionalCheckFailedException', ...put('a'))).toMatch(/conditional/i);
  expect(await aws.json(`dynamodb get-item --table-name ${TABLE} --key`, '{"id":{"S":"a"}}')).toEqual({
    Item: { id: { S: 'a' }, value: { S: 'one' } },
  });
  await aws.refused(
    'ResourceNotFoundException',
    'dynamodb get-item --table-name NoSuchTable --key',
    '{"id":{"S":"a"}}',
  );
  const updated = await aws.json(
    `dynamodb update-item --table-name ${TABLE} --return-values ALL_NEW --key`,
    '{"id":{"S":"a"}}',
    ...['--update-expression', 'SET #v = :v', '--expression-attribute-names', '{"#v":"value"}'],
    ...['--expression-attribute-values', '{":v":{"S":"two"}}'],
  );
  expect(updated).toMatchObject({ Attributes: { value: { S: 'two' } } });
  const requests = `[{"PutRequest":{"Item":${item('b', 'b')}}},{"PutRequest":{"Item":${item('c', 'c')}}}]`;
  expect(
    await aws.json('dynamodb batch-write-item --request-items', `{"${TABLE}":${requests}}`),
  ).toMatchObject({
    UnprocessedItems: {},
  });
  await aws.json(
    'dynamodb transact-write-items --transact-items',
    `[{"Put":{"TableName":"${TABLE}","Item":${item('d', 'd')}}},{"Delete":{"TableName":"${TABLE}","Key":{"id":{"S":"b"}}}}]`,
  );
  const queried = await aws.json(
    `dynamodb query --table-name ${TABLE} --key-condition-expression`,
    'id = :id',
    ...['--expression-attribute-values', '{":id":{"S":"c"}}'],
  );
  expect(queried).toMatchObject({ Count: 1, Items: [{ value: { S: 'c' } }] });
  const ids = `dynamodb scan --table-name ${TABLE} --query sort(Items[].id.S)`;
  expect(await aws.json(ids)).toEqual(['a', 'c', 'd']);
  const deleted = `dynamodb delete-item --table-name ${TABLE} --return-values ALL_OLD --key`;
  expect(await aws.json(deleted, '{"id":{"S":"d"}}')).toMatchObject({ Attributes: { value: { S: 'd' } } });
  await streamOf(aws, arn);
}

async function streamOf(aws: AwsCommands, arn: string): Promise<void> {
  expect(await aws.json(`dynamodbstreams list-streams --table-name ${TABLE}`)).toMatchObject({
    Streams: [{ StreamArn: arn, TableName: TABLE }],
  });
  const shard = await aws.text(
    `dynamodbstreams describe-stream --stream-arn ${arn} --query StreamDescription.Shards[0].ShardId --output text`,
  );
  const iterator = await aws.text(
    `dynamodbstreams get-shard-iterator --stream-arn ${arn} --shard-id ${shard} --shard-iterator-type TRIM_HORIZON`,
    ...['--query', 'ShardIterator', '--output', 'text'],
  );
  const events = await aws.json(
    'dynamodbstreams get-records --shard-iterator',
    iterator,
    ...['--query', 'Records[].[eventName,dynamodb.Keys.id.S]'],
  );
  expect(events).toEqual([
    ['INSERT', 'a'],
    ['MODIFY', 'a'],
    ['INSERT', 'b'],
    ['INSERT', 'c'],
    ['INSERT', 'd'],
    ['REMOVE', 'b'],
    ['REMOVE', 'd'],
  ]);
  await aws.refused(
    'ResourceNotFoundException',
    `dynamodbstreams describe-stream --stream-arn ${arn.replace(TABLE, 'NoSuchTable')}`,
  );
}

const NEW_ONLY = ['--condition-expression', 'attribute_not_exists(id)'] as const;
