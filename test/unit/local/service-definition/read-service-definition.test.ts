import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readServiceDefinition } from '../../../../local/service-definition/read-service-definition.ts';
import { fixtureService } from '../../../helpers/local-functions.ts';

const place = { accountId: '123456789012', region: 'eu-west-1' };
const readFixture = (options: { stage?: string; params?: Record<string, string> } = {}) =>
  readServiceDefinition({ file: join(fixtureService, 'serverless.yml'), ...place, ...options });

describe('readServiceDefinition', () => {
  it('reads functions with the defaults of their provider', async () => {
    const { functions, ...service } = await readFixture();
    expect(service).toMatchObject({
      service: 'fixture',
      stage: 'test',
      stackName: 'fixture-test',
      accountId: '123456789012',
      region: 'eu-west-1',
      directory: fixtureService,
    });
    const [echo, items] = functions;
    expect(echo).toMatchObject({
      name: 'echo',
      functionName: 'fixture-test-echo',
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:fixture-test-echo',
      file: join(fixtureService, 'handlers/echo.ts'),
      exportName: 'handler',
      timeoutSeconds: 30,
      memorySizeMb: 128,
      reservedConcurrency: 2,
      roleArn: 'arn:aws:iam::123456789012:role/fixture/fixture-test-EchoRole',
      asyncConfig: {
        maximumRetryAttempts: 1,
        maximumEventAgeSeconds: 120,
        onFailureQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:fixture-failures',
      },
    });
    expect(items).toMatchObject({
      timeoutSeconds: 10,
      memorySizeMb: 256,
      reservedConcurrency: undefined,
      environment: { LOG_LEVEL: 'INFO', ITEMS_TABLE: 'Items' },
      roleArn: 'arn:aws:iam::123456789012:role/fixture-test-eu-west-1-lambdaRole',
      asyncConfig: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, onFailureQueueArn: undefined },
    });
  });

  it('resolves variables and intrinsic functions in the environment', async () => {
    const [echo] = (await readFixture()).functions;
    expect(echo?.environment).toEqual({
      LOG_LEVEL: 'INFO',
      ITEMS_TABLE: 'Items',
      GREETING: 'hello world',
      NUMBER: '7',
      FLAG: 'true',
      INCLUDED: 'one',
      FALLBACK: 'default, with a comma',
      TABLE_ARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/Items',
      SUBSTITUTED: expect.stringMatching(/^arn:aws:x:eu-west-1:123456789012:Items\/\$\{literal\}$/),
      SUBSTITUTED_MAP: 'https://sqs.eu-west-1.amazonaws.com/123456789012/fixture-failures-fixture-test',
      JOINED: 'a/amazonaws.com/y',
      CHOSEN: 'loud',
    });
  });

  it('takes parameters of the stage before the defaults, and those of the caller before both', async () => {
    const environmentOf = async (options: Parameters<typeof readFixture>[0]) =>
      (await readFixture(options)).functions[0]?.environment;
    expect(await environmentOf({ stage: 'quiet' })).toMatchObject({ LOG_LEVEL: 'WARN', CHOSEN: 'quiet' });
    const params = { logLevel: 'DEBUG', tableName: 'Other' };
    expect(await environmentOf({ stage: 'quiet', params })).toMatchObject({
      LOG_LEVEL: 'DEBUG',
      ITEMS_TABLE: 'Other',
    });
  });

  it('reads rules and schedules, without those that are switched off', async () => {
    const [echo] = (await readFixture()).functions;
    expect(echo?.eventRules).toEqual([
      {
        name: 'fixture-test-echo-rule-1',
        pattern: { source: ['fixture'], detail: { status: [{ 'anything-but': ['OK'] }] } },
        deadLetterQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:fixture-failures',
        retryPolicy: { maximumEventAgeSeconds: 86_400, maximumRetryAttempts: 3 },
      },
    ]);
    expect(echo?.schedules).toMatchObject([
      { name: 'fixture-test-echo-schedule-3', expression: 'rate(5 minutes)', input: undefined },
      { name: 'twice-1', expression: 'cron(0 12 ? * MON *)', input: { kind: 'custom' } },
      { name: 'twice-2', expression: 'rate(1 hour)' },
    ]);
  });

  it('reads streams, tables and queues', async () => {
    const { functions, tables, queues } = await readFixture();
    expect(functions[1]?.streams).toEqual([
      {
        tableName: 'Items',
        batchSize: 10,
        batchWindowSeconds: 0,
        startingPosition: 'TRIM_HORIZON',
        maximumRetryAttempts: 2,
        maximumRecordAgeSeconds: 3600,
        bisectBatchOnFunctionError: true,
        parallelizationFactor: 2,
        reportBatchItemFailures: true,
        filterPatterns: [{ dynamodb: { NewImage: { kind: { S: ['wanted', 'poison'] } } } }],
        onFailureQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:fixture-failures',
      },
    ]);
    expect(tables).toEqual([
      {
        logicalId: 'ItemsTable',
        name: 'Items',
        create: {
          TableName: 'Items',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'id', AttributeType: 'S' },
            { AttributeName: 'kind', AttributeType: 'S' },
          ],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'byKind',
              KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
        timeToLiveAttribute: 'expiresAt',
        pointInTimeRecovery: true,
        deletionProtection: false,
      },
    ]);
    expect(queues).toEqual([
      {
        logicalId: 'FailureQueue',
        name: 'fixture-failures',
        arn: 'arn:aws:sqs:eu-west-1:123456789012:fixture-failures',
      },
    ]);
  });

  it('reads topics, and the subscriptions of functions to them', async () => {
    const { functions, topics } = await readFixture();
    const arn = 'arn:aws:sns:eu-west-1:123456789012:fixture-topic';
    expect(topics).toEqual([
      {
        logicalId: 'Topic',
        name: 'fixture-topic',
        arn,
        displayName: 'Fixture',
        kmsMasterKeyId: 'fixture-test-Key',
      },
    ]);
    expect(functions[0]?.topics).toEqual([
      { topicArn: arn, deadLetterQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:fixture-failures' },
    ]);
  });

  it('leaves out a subscription whose condition, put on it by an extension, is false', async () => {
    const { functions } = await readFixture({ params: { withOptional: 'true' } });
    expect(functions[0]?.topics.map(({ topicArn }) => topicArn)).toEqual([
      'arn:aws:sns:eu-west-1:123456789012:fixture-topic',
      'arn:aws:sns:eu-west-1:123456789012:fixture-test-OptionalTopic',
    ]);
  });

  it('leaves out resources whose condition is false', async () => {
    const names = async (withOptional: string) =>
      (await readFixture({ params: { withOptional } })).queues.map(({ name }) => name);
    expect(await names('false')).toEqual(['fixture-failures']);
    expect(await names('true')).toEqual(['fixture-failures', 'fixture-test-OptionalQueue']);
  });

  it('reads the system that is deployed', async () => {
    const file = join(import.meta.dirname, '../../../../serverless.yml');
    const { functions, tables } = await readServiceDefinition({ file, ...place });
    expect(functions.map(({ name }) => name)).toEqual([
      'check-tracker',
      'results-handler',
      'execution-events-handler',
      'ops-item-events-handler',
      'reconciler',
      'state-events',
      'recheck',
    ]);
    expect(tables.map(({ name }) => name)).toContain('AutomationMappingTable');
  });
});
