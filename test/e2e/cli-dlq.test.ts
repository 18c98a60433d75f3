import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { type BootedCloud, bootCloud, groupArn, groupFinding } from '../helpers/cloud.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const TRACKER = 'arn:aws:lambda:us-east-1:123456789012:function:remediator-prod-check-tracker';

let booted: BootedCloud;
beforeAll(async () => {
  booted = await bootCloud();
});
afterAll(() => booted[Symbol.asyncDispose]());

const run = (...args: string[]) => cli([...args, '--endpoint-url', booted.cloud.url]);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);

test('an event that EventBridge could not hand over reaches its function', async () => {
  using sqs = withDispose(new SQSClient({ ...settings, endpoint: booted.cloud.url }));
  const arn = groupArn('sg-deadletter');
  const { detail, checkName } = groupFinding(arn);
  const event = {
    version: '0',
    id: 'b7b4b1a1-0000-4000-8000-000000000001',
    'detail-type': 'Trusted Advisor Check Item Refresh Notification',
    source: 'aws.trustedadvisor',
    account: '123456789012',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: {
      'check-name': checkName,
      'check-item-detail': detail,
      status: 'ERROR',
      resource_id: arn,
      uuid: 'u',
    },
  };
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: `${booted.cloud.url}/123456789012/remediator-prod-findings-dead-letter-queue`,
      MessageBody: JSON.stringify(event),
      MessageAttributes: {
        TARGET_ARN: text(TRACKER),
        RULE_ARN: text('arn:aws:events:us-east-1:123456789012:rule/x'),
        ERROR_CODE: text('THROTTLING'),
        ERROR_MESSAGE: text('Rate Exceeded.'),
      },
    }),
  );
  const { queues, missing } = await json('dlq', 'list');
  expect(missing).toEqual([]);
  expect(queues).toHaveLength(8);
  expect(queues[0]).toMatchObject({
    queue: 'remediator-prod-findings-dead-letter-queue',
    messages: 1,
    seen: [{ kind: 'event', why: 'THROTTLING: Rate Exceeded.' }],
  });
  expect(await run('dlq', 'redrive', 'findings-dead-letter-queue')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--yes/),
  });
  expect(await run('dlq', 'redrive', 'findings-dead-letter-queue', '--yes')).toMatchObject({
    code: 0,
    stderr: '',
    stdout: 'Given back, and deleted from their queues: 1 message.\n',
  });
  await booted.cloud.idle();
  const rows = await booted.world.rows('CheckTrackerTable');
  expect(rows.some(({ resource }) => resource === arn)).toBe(true);
  expect((await json('dlq', 'list')).queues[0]).toMatchObject({ messages: 0, held: 0 });
});

test('what a function fails on again comes back', async () => {
  await booted.world.putAndWait({
    source: 'awsmock.trustedadvisor',
    detailType: 'Trusted Advisor Check Item Refresh Notification',
    detail: { nothing: 'of use' },
  });
  const listed = await run('dlq', 'list', 'findings-dead-letter-queue');
  expect(listed.stdout).toMatch(/RetriesExhausted after 3 attempts: RemediatorError: .*check-name/);
  expect((await run('dlq', 'redrive', '--all', '--yes')).code).toBe(0);
  await booted.cloud.idle();
  expect((await json('dlq', 'list')).queues[0]).toMatchObject({ messages: 1 });
});

test('records that could not be handled are read from the stream, and handled', async () => {
  using tables = withDispose(new DynamoDBClient({ ...settings, endpoint: booted.cloud.url }));
  const mappings = booted.cloud.service.tables.find(({ name }) => name === 'AutomationMappingTable');
  if (mappings === undefined) throw new Error('serverless.yml has no AutomationMappingTable');
  await tables.send(new DeleteTableCommand({ TableName: mappings.name }));
  const arn = groupArn('sg-unhandled');
  await booted.world.happens({ ...groupFinding(arn), checkName: 'nobody mapped this' });
  const { queues } = await json('dlq', 'list', 'results-failure-queue');
  expect(queues[0]).toMatchObject({ messages: 1, seen: [{ kind: 'batch' }] });

  const still = await run('dlq', 'redrive', 'results-failure-queue', '--yes');
  expect(still).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/failed again on 1 of its 1 records/),
  });

  await tables.send(new CreateTableCommand(mappings.create));
  expect(await booted.world.opsItemOf(arn)).toBeUndefined();
  const mended = await run('dlq', 'redrive', 'results-failure-queue', '--yes');
  expect(mended).toMatchObject({ code: 0, stderr: '' });
  expect((await json('dlq', 'list', 'results-failure-queue')).queues[0]).toMatchObject({ messages: 0 });
  expect(await booted.world.opsItemOf(arn)).toBeDefined();
});

test('a stage that is not there, and a queue that is not', async () => {
  const { code, stderr } = await run('dlq', 'list', '--stage', 'dev');
  expect(stderr).toMatch(
    /^error: There is no queue remediator-dev-findings-dead-letter-queue,[^\n]+--stage[^\n]+\n$/,
  );
  expect(code).toBe(2);
  expect((await run('dlq', 'redrive')).stderr).toMatch(/^error: redrive takes either queues, or --all\n$/);
});

function withDispose<Client extends { destroy(): void }>(client: Client): Client & Disposable {
  return Object.assign(client, { [Symbol.dispose]: () => client.destroy() });
}
