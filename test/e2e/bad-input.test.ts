import { BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT_ID, REGION } from '../../local/place.ts';
import { type BootedCloud, bootCloud, groupArn, groupFinding, mappingRow } from '../helpers/cloud.ts';

describe('bad input: one coded error where a person looks, nothing started, nobody else stopped', () => {
  let booted: BootedCloud;
  beforeAll(async () => {
    booted = await bootCloud();
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  const rows: [code: string, changes: Record<string, string | boolean>][] = [
    ['MAPPING_ATTRIBUTE_UNKNOWN', { automationstatus: true }],
    ['MAPPING_INVALID', { automationStatus: 'true' }],
    ['MAPPING_REGEX_INVALID', { regexPattern: '(sg-' }],
    ['MAPPING_REGEX_INVALID', { regexPattern: '(?=sg)' }],
    ['MAPPING_TEMPLATE_INVALID', { automationParameters: '{GroupId: $resourceId}' }],
    ['MAPPING_TEMPLATE_INVALID', { automationParameters: '{"GroupId": "$resourceId"}' }],
    ['PLACEHOLDER_UNKNOWN', { automationParameters: '{"GroupId": ["$resourceIdentifier"]}' }],
    ['PARAMETER_EMPTY', { automationParameters: '{"GroupId": [""]}' }],
    [
      'ROLE_FROM_EVENT',
      { automationParameters: '{"GroupId": ["$resourceId"], "AutomationAssumeRole": ["$resource"]}' },
    ],
    ['RESOURCE_NOT_MATCHED', { regexPattern: 'vol-\\w+' }],
    ['RUNBOOK_NOT_FOUND', { ssmAutomationDocument: 'AWS-NoSuchRunbook' }],
    ['RUNBOOK_PARAMETER_UNKNOWN', { automationParameters: '{"GroupID": ["$resourceId"]}' }],
    ['RUNBOOK_PARAMETER_MISSING', { automationParameters: '{}' }],
    [
      'RUNBOOK_REFUSED',
      { automationParameters: '{"GroupId": ["$resourceId"], "IpAddressToBlock": ["everybody"]}' },
    ],
  ];

  test.each(rows)('%s %o', async (code, changes) => {
    const { world } = booted;
    const checkName = `Broken by ${JSON.stringify(changes)}`;
    const arn = groupArn('sg-0123456789abcdef0');
    await world.putMapping(mappingRow({ ...changes, checkName }));
    await world.happens({ ...groupFinding(arn), checkName });
    const row = (await world.rows('AutomationExecutionTrackerTable')).find(
      (each) => each.checkName === checkName,
    );
    expect(row).toMatchObject({ state: 'Escalated', stateReason: expect.stringMatching(`^${code}: `) });
    expect(row?.stateReason).toContain('What to do: ');
    const opsItem = (await world.opsItems()).find(({ OpsItemId }) => OpsItemId === row?.opsItemId);
    expect(opsItem).toMatchObject({ Status: 'Open', OperationalData: { reason: { Value: code } } });
    expect(await world.executions()).toEqual([]);
  });

  test('an event that is no finding ends in the failure queue, with its code in the log', async () => {
    const { clients, cloud, logged } = booted;
    await clients.events.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'aws.trustedadvisor',
            DetailType: 'Trusted Advisor Check Item Refresh Notification',
            Detail: JSON.stringify({ something: 'else' }),
          },
        ],
      }),
    );
    await cloud.idle();
    const [message] = await receive(cloud.url, 'remediator-prod-findings-dead-letter-queue');
    expect(message).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { detail: { something: 'else' } },
    });
    expect(logged.some((line) => line.includes('EVENT_INCOMPLETE'))).toBe(true);
  });

  test('one poison record among ten leaves nine done, and the tenth in the failure queue', async () => {
    const { clients, cloud, world } = booted;
    const before = (await world.opsItems()).length;
    const rowsOfTen = Array.from({ length: 10 }, (_, index) => trackerRow(index, index === 4));
    await clients.dynamoDb.send(
      new BatchWriteItemCommand({
        RequestItems: { CheckTrackerTable: rowsOfTen.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
    await cloud.idle();
    expect(await world.opsItems()).toHaveLength(before + 9);
    const messages = await receive(cloud.url, 'remediator-prod-results-failure-queue');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
  });

  test('a broken row * stops everything rather than nothing', async () => {
    const { clients, world } = booted;
    const checkName = 'A sound mapping under a broken row *';
    await world.putMapping(mappingRow({ checkName }));
    await clients.dynamoDb.send(
      new PutItemCommand({
        TableName: 'AutomationMappingTable',
        Item: { checkName: { S: '*' }, automationStatsu: { BOOL: false } },
      }),
    );
    await world.happens({ ...groupFinding(groupArn('sg-0123456789abcdef1')), checkName });
    expect(await world.executions()).toEqual([]);
    const row = (await world.rows('AutomationExecutionTrackerTable')).find(
      (each) => each.checkName === checkName,
    );
    expect(row?.stateReason).toContain('automationStatsu');
  });
});

function trackerRow(index: number, poison: boolean) {
  const row = {
    source: { S: 'aws.trustedadvisor' },
    checkName: { S: 'A check without a mapping' },
    account: { S: poison ? 'none' : ACCOUNT_ID },
    region: { S: REGION },
    resource: { S: `vol-${index}` },
    resourceType: { S: 'unknown' },
    resourceStatus: { S: 'Red' },
    lastUpdatedTime: { S: '2026-01-01T00:00:00.000Z' },
    lastUpdatedEpochMs: { N: '1767225600000' },
    episode: { N: '1' },
    detail: { M: {} },
  };
  return { ...row, findingId: { S: `finding-${index}` } };
}

async function receive(endpoint: string, queue: string): Promise<unknown[]> {
  const sqs = new SQSClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: `${endpoint}/${ACCOUNT_ID}/${queue}`, MaxNumberOfMessages: 10 }),
  );
  sqs.destroy();
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}
