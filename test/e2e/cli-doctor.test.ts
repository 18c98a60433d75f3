import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { type BootedCloud, bootCloud, groupArn, groupFinding, mappingRow } from '../helpers/cloud.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

let booted: BootedCloud;
beforeAll(async () => {
  booted = await bootCloud();
});
afterAll(() => booted[Symbol.asyncDispose]());

const run = (...args: string[]) => cli(['doctor', ...args, '--endpoint-url', booted.cloud.url]);

interface Checked {
  readonly id: string;
  readonly results: readonly { readonly verdict: string; readonly found: string }[];
}

/** What each check found, and the exit code. */
async function examined() {
  const { code, stdout } = await run('--json');
  const { checks }: { checks: readonly Checked[] } = JSON.parse(stdout);
  return { code, found: Object.fromEntries(checks.map(({ id, results }) => [id, results])) };
}

test('the laptop’s cloud, with a mapping and a finding, is well', async () => {
  await booted.world.putMapping(mappingRow());
  await booted.world.happens(groupFinding(groupArn('sg-0a1b2c3d4e5f67890')));
  const { code, stdout, stderr } = await run();
  expect(stdout).not.toMatch(/[✗?] /);
  expect(stdout).toMatch(/✓ findings arrive/);
  expect(stdout).toMatch(/✓ runbooks of the mappings: 1 runbook can be started/);
  expect(stdout).toMatch(
    /– what CloudWatch counted: cloudwatch:GetMetricData is not available on this endpoint/,
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('what is wrong is named, and what to do', async () => {
  const client = new SQSClient({ ...settings, endpoint: booted.cloud.url });
  const name = 'remediator-prod-results-failure-queue';
  const QueueUrl = `${booted.cloud.url}/123456789012/${name}`;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  client.destroy();
  await booted.world.putMapping(
    mappingRow({ checkName: 'no such runbook', ssmAutomationDocument: 'Nobodys' }),
  );
  const tables = new DynamoDBClient({ ...settings, endpoint: booted.cloud.url });
  await tables.send(new DeleteTableCommand({ TableName: 'RemediationGuardTable' }));
  tables.destroy();
  const { code, found } = await examined();
  expect(code).toBe(1);
  expect(found['failure-queues']).toEqual([
    {
      verdict: 'fail',
      found: `1 message in ${name}`,
      remedy: expect.stringMatching(/remediator dlq redrive/),
    },
  ]);
  expect(found.documents).toMatchObject([
    { verdict: 'fail', found: expect.stringMatching(/Nobodys does not exist/) },
  ]);
  expect(found.tables).toMatchObject([{ verdict: 'fail', found: 'there is no table RemediationGuardTable' }]);
  expect(found.breakers).toMatchObject([{ verdict: 'fail' }]);
  expect(found.functions).toMatchObject([{ verdict: 'pass' }]);
});

test('another stage is not there', async () => {
  const { code, stdout } = await run('--stage', 'dev');
  expect(stdout).toMatch(/✗ .*there is no function remediator-dev-check-tracker/);
  expect(code).toBe(1);
});

test('nothing answers', async () => {
  const { code, stdout, stderr } = await cli(['doctor', '--endpoint-url', 'http://127.0.0.1:9']);
  expect(stderr).toMatch(/^error: Nothing answers at http:\/\/127\.0\.0\.1:9 [^\n]+\n$/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
