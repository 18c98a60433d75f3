import { EventBridgeClient, PutEventsCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  CreateOpsItemCommand,
  DescribeOpsItemsCommand,
  GetOpsItemCommand,
  SSMClient,
  UpdateOpsItemCommand,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS, startTestEndpoint } from './start-endpoint.ts';

const configuration = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: CREDENTIALS,
  maxAttempts: 1,
});

describe('the AWS SDK', () => {
  it('puts events on the bus, and tests patterns', async () => {
    await using cloud = await startTestEndpoint();
    const client = new EventBridgeClient(configuration(cloud.url));
    const entry = {
      Source: 'awsmock.trustedadvisor',
      DetailType: 'T',
      Detail: '{"a":1}',
      Time: new Date(5000),
    };
    const put = await client.send(new PutEventsCommand({ Entries: [entry, { ...entry, Detail: 'x' }] }));
    expect(put).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: 'MalformedDetail' }] });
    expect(cloud.bus.recentEvents()).toMatchObject([
      { id: put.Entries?.[0]?.EventId, region: 'eu-west-1', time: '1970-01-01T00:00:05Z', detail: { a: 1 } },
    ]);
    const test = client.send(new TestEventPatternCommand({ EventPattern: '{"a":1}', Event: '{}' }));
    await expect(test).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: "a" must be an object or an array',
    });
  });

  it('makes, finds, changes and reads OpsItems', async () => {
    await using cloud = await startTestEndpoint();
    const client = new SSMClient(configuration(cloud.url));
    const input = {
      Title: 'T',
      Description: 'D',
      Source: 'remediator',
      OperationalData: { '/aws/dedup': { Type: 'SearchableString' as const, Value: '{"dedupString":"f"}' } },
    };
    const before = Date.now();
    const { OpsItemId, OpsItemArn } = await client.send(new CreateOpsItemCommand(input));
    await expect(client.send(new CreateOpsItemCommand(input))).rejects.toMatchObject({
      name: 'OpsItemAlreadyExistsException',
      OpsItemId,
    });
    await client.send(new UpdateOpsItemCommand({ OpsItemId, Status: 'Resolved' }));
    const { OpsItem } = await client.send(new GetOpsItemCommand({ OpsItemId }));
    expect(OpsItem).toMatchObject({ ...input, OpsItemArn, Status: 'Resolved', Version: '2' });
    expect(OpsItem?.CreatedBy).toBe('arn:aws:iam::123456789012:user/test');
    // Times keep their milliseconds on the wire.
    expect(OpsItem?.CreatedTime?.getTime()).toBeGreaterThanOrEqual(before);
    expect(OpsItem?.CreatedTime?.getTime()).toBeLessThanOrEqual(Date.now());
    const OpsItemFilters = [{ Key: 'Status' as const, Operator: 'Equal' as const, Values: ['Resolved'] }];
    const { OpsItemSummaries } = await client.send(new DescribeOpsItemsCommand({ OpsItemFilters }));
    expect(OpsItemSummaries?.map((summary) => summary.OpsItemId)).toEqual([OpsItemId]);
    await expect(
      client.send(new UpdateOpsItemCommand({ OpsItemId, Status: 'Closed' })),
    ).rejects.toMatchObject({
      name: 'OpsItemInvalidParameterException',
      ParameterNames: ['Status'],
    });
  });

  it('sends and receives messages, whose digests it checks', async () => {
    await using cloud = await startTestEndpoint();
    const client = new SQSClient(configuration(cloud.url));
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'failures' }));
    expect(QueueUrl).toBe(`${cloud.url}/123456789012/failures`);
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'grüß',
        MessageAttributes: { a: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) } },
      }),
    );
    cloud.queues.send('arn:aws:sqs:eu-west-1:123456789012:failures', '{"requestContext":{}}');
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    expect(Messages.map((message) => message.Body)).toEqual(['grüß', '{"requestContext":{}}']);
    expect(Messages[0]?.MessageAttributes?.a?.BinaryValue).toEqual(new Uint8Array([1, 2]));
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});
