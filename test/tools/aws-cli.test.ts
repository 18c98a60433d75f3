import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT_ID } from '../../local/place.ts';
import { type AwsCommands, commandsOf, findAwsClis, requireAwsCli, runShell } from '../helpers/aws-cli.ts';
import { tablesAndStreams } from '../helpers/aws-cli-dynamodb.ts';
import { automation, documentsParametersAndTags, opsCenter } from '../helpers/aws-cli-systems-manager.ts';
import { type BootedCloud, bootCloud, PORTS_CHECK } from '../helpers/cloud.ts';

const clis = await findAwsClis();
const sample = JSON.parse(
  readFileSync(
    new URL('../fixtures/events/ta-security-hub-sourced-security-group.json', import.meta.url),
    'utf8',
  ),
);
const SAMPLE = {
  Source: sample.source,
  DetailType: sample['detail-type'],
  Detail: JSON.stringify(sample.detail),
};
const ARN: string = sample.detail.resource_id;
const GROUP = 'sg-0a1b2c3d4e5f67890';

/** The use case's own words: an operator types exactly this. */
const ADD_MAPPING = String.raw`aws dynamodb put-item --table-name AutomationMappingTable --item '{
  "checkName": {"S": "Security groups should not allow unrestricted access to ports with high risk"},
  "ssmAutomationDocument": {"S": "AWS-DisablePublicAccessForSecurityGroup"},
  "automationParameters": {"S": "{\"GroupId\": [\"$resourceId\"], \"AutomationAssumeRole\": [\"<role ARN>\"]}"},
  "regexPattern": {"S": "(sg-\\w+)"},
  "automationStatus": {"BOOL": true}
}'`;

describe.each([1, 2] as const)(
  'AWS CLI v%i',
  (major) => {
    const cli = clis.get(major);
    if (cli === undefined) {
      const missing = `AWS CLI v${major} is not installed`;
      test.skipIf(!requireAwsCli)(missing, () =>
        expect.fail(`${missing}, and REQUIRE_AWS_CLI=1 asks for it`),
      );
      return;
    }
    let booted: BootedCloud;
    let aws: AwsCommands;
    beforeAll(async () => {
      booted = await bootCloud({ seed: OPEN_GROUP });
      aws = commandsOf(cli, booted.cloud.url);
    });
    afterAll(async () => {
      await aws[Symbol.asyncDispose]();
      await booted[Symbol.asyncDispose]();
    });

    test('does the use case, in the very words of an operator', async () => {
      const { cloud } = booted;
      expect(await runShell(cli, cloud.url, ADD_MAPPING)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(await aws.json('events put-events --entries', JSON.stringify([SAMPLE]))).toMatchObject({
        FailedEntryCount: 0,
      });
      await cloud.idle();
      // The finding is of ap-southeast-2, and so are its OpsItem and execution; the CLI asks in us-east-1.
      const shown = await aws.json(
        `ssm describe-ops-items --ops-item-filters Key=ResourceId,Operator=Equal,Values=${ARN}`,
        ...['--query', 'OpsItemSummaries[].[Status,Source,Title]'],
      );
      expect(shown).toEqual([['Resolved', 'remediator', `${PORTS_CHECK}: ${ARN}`]]);
      const ingress = await aws.json(
        `ec2 describe-security-groups --group-ids ${GROUP} --query SecurityGroups[0].IpPermissions`,
      );
      expect(ingress).toEqual([]);
    });
    test('events', () => eventPatterns(aws));
    test('dynamodb and dynamodbstreams', () => tablesAndStreams(aws));
    test('ssm: Automation', () => automation(aws));
    test('ssm: OpsCenter', () => opsCenter(aws));
    test('ssm: documents, parameters, tags', () => documentsParametersAndTags(aws));
    test('ec2', () => securityGroups(aws));
    // Version 2 spoke another protocol to SQS until late in 2023.
    test.runIf(major === 1)('sqs', () => queues(aws, booted.cloud.url));
  },
  60_000,
);

const OPEN_GROUP = {
  securityGroups: [
    {
      groupId: GROUP,
      region: 'ap-southeast-2',
      ipPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    },
  ],
};

async function eventPatterns(aws: AwsCommands): Promise<void> {
  const event = JSON.stringify({
    id: '1',
    account: ACCOUNT_ID,
    source: 'aws.trustedadvisor',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'x',
    detail: { status: 'ERROR' },
  });
  const testPattern = ['events test-event-pattern --event', event, '--event-pattern'] as const;
  expect(await aws.json(...testPattern, '{"detail":{"status":["ERROR"]}}')).toEqual({ Result: true });
  await aws.refused('InvalidEventPatternException', ...testPattern, '{"detail":{"status":"ERROR"}}');
}

async function securityGroups(aws: AwsCommands): Promise<void> {
  const create = 'ec2 create-security-group --group-name by-the-CLI --description test';
  const id = await aws.text(`${create} --query GroupId --output text`);
  await aws.refused('InvalidGroup.Duplicate', create);
  const authorize = `ec2 authorize-security-group-ingress --group-id ${id}`;
  await aws.text(`${authorize} --protocol tcp --port 3389 --cidr 0.0.0.0/0`);
  const shown = await aws.json(
    `ec2 describe-security-groups --group-ids ${id}`,
    ...['--query', 'SecurityGroups[].IpPermissions[].[FromPort,IpRanges[0].CidrIp]'],
  );
  expect(shown).toEqual([[3389, '0.0.0.0/0']]);
  await aws.refused('InvalidGroup.NotFound', 'ec2 describe-security-groups --group-ids sg-0123456789abcdef0');
}

async function queues(aws: AwsCommands, endpoint: string): Promise<void> {
  const url = `${endpoint}/${ACCOUNT_ID}/remediator-prod-results-failure-queue`;
  await aws.text(`sqs send-message --queue-url ${url} --message-body lost`);
  expect(await aws.json(`sqs receive-message --queue-url ${url}`)).toMatchObject({
    Messages: [{ Body: 'lost' }],
  });
  await aws.refused(
    'AWS.SimpleQueueService.NonExistentQueue',
    `sqs receive-message --queue-url ${endpoint}/${ACCOUNT_ID}/no-such-queue`,
  );
}
