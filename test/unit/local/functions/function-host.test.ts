import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../local/clock.ts';
import { createTables } from '../../../../local/dynamodb/create-tables.ts';
import type { CloudEvent } from '../../../../local/events/event.ts';
import { type FunctionHostDeps, startFunctionHost } from '../../../../local/functions/function-host.ts';
import { randomIds } from '../../../../local/ids.ts';
import { readServiceDefinition } from '../../../../local/service-definition/read-service-definition.ts';
import type { ServiceDefinition } from '../../../../local/service-definition/service-definition.ts';
import { dynoxideMissing, openDynamoDb } from '../../../helpers/local-dynamodb.ts';
import {
  failureQueueArn,
  fixtureFunction,
  fixtureService,
  fixtureStream,
  RecordingQueues,
} from '../../../helpers/local-functions.ts';

const cloudEvent: CloudEvent = {
  version: '0',
  id: 'event-1',
  'detail-type': 'Test',
  source: 'fixture',
  account: '123456789012',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  resources: [],
  detail: { status: 'Red' },
};

const readFixture = () =>
  readServiceDefinition({
    file: join(fixtureService, 'serverless.yml'),
    accountId: '123456789012',
    region: 'us-east-1',
  });

/** A filter that knows lists of words only: the pattern language has tests of its own. */
const compileWords: FunctionHostDeps['compilePattern'] = (pattern) => {
  const words = JSON.stringify(pattern).match(/"(wanted|poison)"/g) ?? [];
  return (event) => words.some((word) => JSON.stringify(event).includes(`"kind":{"S":${word}}`));
};

async function openHost(service: ServiceDefinition) {
  const dynamoDb = await openDynamoDb();
  await createTables(dynamoDb.client, service.tables, { log: () => {} });
  const queues = new RecordingQueues();
  const rules = new Map<string, (event: CloudEvent) => void>();
  const subscribers = new Map<string, (event: object) => void>();
  const lines: string[] = [];
  const host = await startFunctionHost({
    service,
    endpointUrl: dynamoDb.url,
    clock: systemClock,
    ids: randomIds,
    queues,
    bus: { addRule: ({ name, target }) => rules.set(name, target) },
    topics: { subscribe: (topicArn, { target }) => subscribers.set(topicArn, target) },
    compilePattern: compileWords,
    dynamoDb: dynamoDb.client,
    streams: dynamoDb.streams,
    log: (line) => lines.push(line),
    credentialsFor: () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
    retryDelayScale: 1 / 6000,
  });
  const put = (id: string, kind: string) =>
    dynamoDb.client.send(
      new PutItemCommand({ TableName: 'Items', Item: { id: { S: id }, kind: { S: kind } } }),
    );
  return {
    host,
    queues,
    rules,
    subscribers,
    lines,
    put,
    done: () => lines.filter((line) => line.startsWith('done ')).map((line) => line.slice(5)),
    [Symbol.asyncDispose]: async () => {
      await host.close();
      await dynamoDb[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(dynoxideMissing !== undefined)(`startFunctionHost ${dynoxideMissing ?? ''}`, () => {
  it('calls functions by the name in serverless.yml, as deployed, and by ARN', async () => {
    const service = await readFixture();
    await using cloud = await openHost(service);
    const names = [
      'echo',
      'fixture-test-echo',
      'arn:aws:lambda:us-east-1:123456789012:function:fixture-test-echo',
    ];
    for (const name of names) {
      expect(await cloud.host.invoke(name, { a: 1 })).toMatchObject({
        outcome: 'success',
        payload: { event: { a: 1 }, environment: { GREETING: 'hello world', ITEMS_TABLE: 'Items' } },
      });
    }
    await expect(cloud.host.invoke('nowhere', {})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      statusCode: 404,
    });
  });

  it('retries what a rule sends to a failing function, then writes the failure queue', async () => {
    const service = await readFixture();
    const fn = fixtureFunction('handlers/faults.throwError', {
      eventRules: [
        {
          name: 'red',
          pattern: { source: ['fixture'] },
          deadLetterQueueArn: undefined,
          retryPolicy: { maximumEventAgeSeconds: 60, maximumRetryAttempts: 0 },
        },
      ],
    });
    await using cloud = await openHost({ ...service, functions: [fn] });
    cloud.rules.get('red')?.(cloudEvent);
    await cloud.host.idle();
    expect(cloud.queues.sent).toEqual([
      {
        queueArn: failureQueueArn,
        body: expect.objectContaining({
          requestContext: expect.objectContaining({
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          }),
          requestPayload: cloudEvent,
          responsePayload: expect.objectContaining({ errorType: 'TypeError', errorMessage: 'it broke' }),
        }),
      },
    ]);
  });

  it('retries what a topic sends to a failing function, then writes the failure queue', async () => {
    const service = await readFixture();
    const topicArn = 'arn:aws:sns:us-east-1:123456789012:fixture-topic';
    const fn = fixtureFunction('handlers/faults.throwError', {
      topics: [{ topicArn, deadLetterQueueArn: undefined }],
    });
    await using cloud = await openHost({ ...service, functions: [fn] });
    const event = { Records: [{ EventSource: 'aws:sns' }] };
    cloud.subscribers.get(topicArn)?.(event);
    await cloud.host.idle();
    expect(cloud.queues.sent).toMatchObject([
      {
        queueArn: failureQueueArn,
        body: { requestContext: { approximateInvokeCount: 3 }, requestPayload: event },
      },
    ]);
  });

  it('leaves nine done and the tenth in the failure queue, when one record among ten is poison', async () => {
    await using cloud = await openHost(await readFixture());
    for (let index = 1; index <= 10; index += 1)
      await cloud.put(`item-${index}`, index === 4 ? 'poison' : 'wanted');
    await cloud.put('unwanted', 'other');
    cloud.host.wakeStreams('Items');
    await cloud.host.idle();
    const expected = [1, 2, 3, 5, 6, 7, 8, 9, 10].map((index) => `item-${index}`);
    expect([...new Set(cloud.done())].toSorted()).toEqual(expected.toSorted());
    expect(cloud.queues.sent).toEqual([
      {
        queueArn: 'arn:aws:sqs:us-east-1:123456789012:fixture-failures',
        body: expect.objectContaining({
          requestContext: expect.objectContaining({ condition: 'RetryAttemptsExhausted' }),
          DDBStreamBatchInfo: expect.objectContaining({
            batchSize: 1,
            startSequenceNumber: '4',
            endSequenceNumber: '4',
            streamArn: expect.stringContaining('table/Items/stream/'),
          }),
        }),
      },
    ]);
    // The shard is not blocked.
    await cloud.put('after', 'wanted');
    await cloud.host.idle();
    expect(cloud.done().at(-1)).toBe('after');
  });

  it('hands a write on within milliseconds when woken', async () => {
    await using cloud = await openHost(await readFixture());
    await cloud.host.warm();
    await cloud.host.idle();
    const times: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      await cloud.put(`timed-${index}`, 'wanted');
      const written = performance.now();
      cloud.host.wakeStreams();
      await cloud.host.idle();
      times.push(performance.now() - written);
      expect(cloud.done().at(-1)).toBe(`timed-${index}`);
    }
    expect(times.toSorted((left, right) => left - right)[2]).toBeLessThan(100);
  });

  it('is idle at once where there is nothing to do', async () => {
    await using cloud = await openHost(await readFixture());
    await cloud.host.idle();
    expect(cloud.lines).toEqual([]);
  });

  it('closes while functions hang and retry, without writing their events off', async () => {
    const service = await readFixture();
    const hangs = fixtureFunction('handlers/faults.hang', {
      streams: [fixtureStream({ filterPatterns: [], maximumRetryAttempts: 0 })],
    });
    await using cloud = await openHost({ ...service, functions: [hangs] });
    cloud.host.invokeAsync('hang', {});
    await cloud.put('a', 'wanted');
    cloud.host.wakeStreams();
    await cloud.host.warm();
    await cloud.host.close();
    expect(cloud.queues.sent).toEqual([]);
    await cloud.host.idle();
    await cloud.host.close();
  });

  it('refuses a filter pattern that does not compile, and leaves nothing running', async () => {
    const service = await readFixture();
    const refuse = () => {
      throw new Error('no such operator');
    };
    await using dynamoDb = await openDynamoDb();
    await createTables(dynamoDb.client, service.tables, { log: () => {} });
    const starting = startFunctionHost({
      service,
      endpointUrl: dynamoDb.url,
      clock: systemClock,
      ids: randomIds,
      queues: new RecordingQueues(),
      bus: { addRule: () => {} },
      topics: { subscribe: () => {} },
      compilePattern: refuse,
      dynamoDb: dynamoDb.client,
      streams: dynamoDb.streams,
      log: () => {},
      credentialsFor: () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
    });
    await expect(starting).rejects.toThrow('no such operator');
  });
});
