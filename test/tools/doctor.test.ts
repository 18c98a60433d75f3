import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import {
  DynamoDBClient,
  PutItemCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  DeleteFunctionCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../helpers/checkout.ts';
import { cli, ENVIRONMENT } from '../helpers/cli.ts';
import { mappingRow } from '../helpers/cloud.ts';
import { type Moto, motoNote, runsMoto, startMoto } from '../helpers/moto.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_DEFAULT_REGION: 'us-east-1' };
const EXPIRING = [
  'CheckTrackerTable',
  'AutomationExecutionTrackerTable',
  'RemediationExceptionTable',
  'RemediationGuardTable',
];
const FunctionName = 'remediator-prod-results-handler';

describe.skipIf(!runsMoto)(`doctor, and a stack that was deployed to moto${motoNote}`, () => {
  let moto: Moto;
  let aws: ReturnType<typeof clientsOf>;
  beforeAll(async () => {
    moto = await startMoto();
    await deploy(moto.endpoint);
    aws = clientsOf(moto.endpoint);
    // What moto's CloudFormation leaves out.
    for (const TableName of EXPIRING)
      await aws.dynamoDb.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        }),
      );
    for (const TableName of [...EXPIRING, 'AutomationMappingTable'])
      await aws.dynamoDb.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
  }, 180_000);
  afterAll(async () => {
    for (const client of Object.values(aws ?? {})) client.destroy();
    await moto?.close();
  });

  /** What each check says, one text for each. */
  async function doctor(): Promise<Readonly<Record<string, string>>> {
    const { stdout } = await cli(['doctor', '--json', '--endpoint-url', moto.endpoint], {
      env: { ...ENVIRONMENT, ...KEYS },
    });
    const { checks }: { checks: readonly Checked[] } = JSON.parse(stdout);
    return Object.fromEntries(
      checks.map(({ id, results }) => [
        id,
        results.map((each) => `${each.verdict}: ${each.found}`).join('\n'),
      ]),
    );
  }

  test('as it was deployed, it is well', async () => {
    const said = await doctor();
    for (const id of ['rules', 'failure-queues', 'functions', 'streams', 'tables', 'point-in-time-recovery'])
      expect(said[id], id).toMatch(/^pass: /);
    for (const id of ['deletion-protection', 'function-roles', 'own-runbooks'])
      expect(said[id], id).toMatch(/^pass: /);
  });

  test('a rule that is off, a stream that is off, a message', async () => {
    const Name = 'remediator-prod-recheck-rule-1';
    const url = await aws.sqs.send(
      new GetQueueUrlCommand({ QueueName: 'remediator-prod-results-failure-queue' }),
    );
    const { EventSourceMappings = [] } = await aws.lambda.send(new ListEventSourceMappingsCommand({}));
    const UUID = EventSourceMappings.find(({ FunctionArn }) => FunctionArn?.endsWith(FunctionName))?.UUID;
    await aws.events.send(new DisableRuleCommand({ Name }));
    await aws.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await aws.sqs.send(new SendMessageCommand({ QueueUrl: url.QueueUrl, MessageBody: '{}' }));
    const said = await doctor();
    expect(said.rules).toMatch(
      /^fail: the rule remediator-prod-recheck-rule-1 is DISABLED \(\{.*Verifying.*\}\)$/,
    );
    expect(said.streams).toMatch(/^fail: remediator-prod-results-handler and the stream of CheckT.*Disabled/);
    expect(said['failure-queues']).toBe('fail: 1 message in remediator-prod-results-failure-queue');
    await aws.events.send(new EnableRuleCommand({ Name }));
    await aws.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    const after = await doctor();
    for (const id of ['rules', 'streams']) expect(after[id], id).toMatch(/^pass: /);
  });

  test('a runbook and roles that are not there, or of somebody else', async () => {
    const Item = marshall(mappingRow({ ssmAutomationDocument: 'Nobodys' }));
    await aws.dynamoDb.send(new PutItemCommand({ TableName: 'AutomationMappingTable', Item }));
    const without = await doctor();
    expect(without.documents).toMatch(/^fail: .*Nobodys does not exist here/);
    expect(without['automation-roles']).toMatch(/^fail: .*there is no role arn:.*:role\/remediator\/close/);
    await aws.iam.send(
      new CreateRoleCommand({
        RoleName: 'close',
        Path: '/remediator/',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } },
          ],
        }),
      }),
    );
    expect((await doctor())['automation-roles']).toMatch(/does not let ssm\.amazonaws\.com assume it/);
  });

  test('tables that do not expire, and a function that is gone', async () => {
    await aws.dynamoDb.send(
      new UpdateTimeToLiveCommand({
        TableName: 'RemediationGuardTable',
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: false },
      }),
    );
    await aws.lambda.send(new DeleteFunctionCommand({ FunctionName: 'remediator-prod-recheck' }));
    const said = await doctor();
    expect(said.tables).toBe('fail: RemediationGuardTable: its rows do not expire by expiresAt');
    expect(said.functions).toBe('fail: there is no function remediator-prod-recheck');
  });
});

interface Checked {
  readonly id: string;
  readonly results: readonly { readonly verdict: string; readonly found: string }[];
}

function clientsOf(endpoint: string) {
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  return {
    dynamoDb: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    sqs: new SQSClient(settings),
  };
}

/** In a copy of what is deployed: the bundler writes beside serverless.yml. */
async function deploy(endpoint: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'remediator-deploy-'));
  try {
    const parts = [
      'serverless.yml',
      'resources',
      'runbooks',
      'package.json',
      'tsconfig.json',
      'functions',
      'shared',
    ];
    for (const part of parts) await cp(join(ROOT, part), join(folder, part), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'node_modules/osls/bin/serverless.js'), 'deploy'],
      {
        cwd: folder,
        env: { ...ENVIRONMENT, ...KEYS, AWS_ENDPOINT_URL: endpoint, CI: 'true' },
      },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
