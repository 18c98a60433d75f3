import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../helpers/checkout.ts';
import { cli, write } from '../helpers/cli.ts';
import { type BootedCloud, bootCloud, mappingRow } from '../helpers/cloud.ts';
import { dynoxideMissing } from '../helpers/local-dynamodb.ts';

const mappings = (...args: readonly string[]) => cli(['mappings', ...args]);
const role = (name: string) => [`--param`, `${name}=arn:aws:iam::012345678901:role/remediator/x`];
const CLOUDTRAIL = [
  ...['RemediationRoleArn', 'CloudTrailLogsRoleArn', 'EnableCloudTrailRoleArn'].flatMap(role),
  ...[
    'CloudTrailName=management-events',
    'CloudTrailBucket=trail-logs',
    'CloudTrailKmsKeyId=alias/trail',
    'CloudTrailLogGroupArn=arn:aws:logs:us-east-1:012345678901:log-group:x:*',
  ].flatMap((each) => ['--param', each]),
];

describe('remediator mappings, offline', () => {
  test('validates and tests the packs of this checkout', async () => {
    const validated = await mappings('validate', join(ROOT, 'mappings', 'containment.json'), '--json');
    expect(validated).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(validated.stdout)).toMatchObject({ files: 1, rows: 13, errors: 0, warnings: 0 });
    const tested = await mappings('test', join(ROOT, 'mappings', 'containment.json'));
    expect(tested).toMatchObject({ code: 0, stderr: '' });
    expect(tested.stdout).toContain('15 examples of 13 rows: 0 failed');
  });

  test('says where a file is wrong', async () => {
    const file = write('wrong.json', `{\n  "checkName": "x",\n  "mode": 1\n}`);
    const { code, stdout } = await mappings('validate', file);
    expect(stdout).toContain(`${file}:3:3 error there is no attribute mode`);
    expect(code).toBe(1);
  });

  test.each([
    [['validate'], /missing required argument 'file'/],
    [['validate', 'missing.json', '--region', 'x'], /region such as us-east-1/],
    [['install', 'cloudtrial', '--yes'], /no pack cloudtrial \(did you mean cloudtrail\?\)/],
    [['install', 'cloudtrail', '--yes', '--param', 'x'], /Name=value/],
    [['install', 'cloudtrail', '--yes', '--mode', 'automatik'], /Allowed choices are automatic/],
    [
      ['install', 'cloudtrail', '--yes'],
      /RemediationRoleArn, CloudTrailName, .+ are missing; such as --param RemediationRoleArn=arn/,
    ],
    [['list', '--endpoint-url', 'http://127.0.0.1:1'], /Nothing answers at http:\/\/127\.0\.0\.1:1/],
    [['list', '--region', 'eu-west-1'], /no credentials/],
    [['test', '.'], /is a directory/],
  ])('%j: one line, and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await mappings(...args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe.skipIf(dynoxideMissing)("remediator mappings, on the laptop's cloud", { timeout: 60_000 }, () => {
  let booted: BootedCloud;
  let there: readonly string[];
  beforeAll(async () => {
    booted = await bootCloud();
    there = ['--endpoint-url', booted.cloud.url];
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  test("asks the account for a runbook's parameters", async () => {
    const wrong = write(
      'live.json',
      JSON.stringify(mappingRow({ automationParameters: '{"GroupID": ["$resourceId"]}' })),
    );
    const { code, stdout } = await mappings('validate', wrong, ...there);
    expect(stdout).toContain(
      'AWS-DisablePublicAccessForSecurityGroup has no parameter GroupID (did you mean GroupId?)',
    );
    expect(code).toBe(1);
    const none = write('none.json', JSON.stringify(mappingRow({ ssmAutomationDocument: 'Nobodys-Runbook' })));
    expect((await mappings('validate', none, ...there)).stdout).toContain(
      'error there is no runbook Nobodys-Runbook there',
    );
  });

  test('installs a pack: shows it, asks, and the table has it', async () => {
    const install = ['install', 'cloudtrail', ...CLOUDTRAIL, ...there];
    const unasked = await mappings(...install);
    expect(unasked.stdout).toContain('6 rows: 6 to add, 0 to change, 0 to remove, 0 the same');
    expect(unasked.stderr).toContain('Nothing was changed: there is no terminal to ask on');
    expect(unasked.code).toBe(2);
    expect((await mappings('list', ...there)).stdout).not.toContain('cloudtrail-enabled');

    const diff = ['diff', 'cloudtrail', ...CLOUDTRAIL, ...there];
    expect((await mappings(...diff)).code).toBe(1);
    expect((await mappings(...install, '--yes')).stdout).toContain('Done.');
    expect((await mappings(...diff)).code).toBe(0);

    const listed = JSON.parse((await mappings('list', '--json', ...there)).stdout);
    expect(listed.mappings).toHaveLength(6);
    const { stdout } = await mappings('get', 'cloudtrail-enabled', '--json', ...there);
    expect(JSON.parse(stdout)).toMatchObject({
      ssmAutomationDocument: 'Remediator-EnableCloudTrail',
      executionMode: 'automatic',
    });
    expect(stdout).not.toContain('why');
    const again = write('again.json', stdout);
    expect((await mappings('put', again, '--yes', ...there)).stdout).toContain('Nothing to change.');

    expect((await mappings('remove', 'cloudtrail-enabled', '--yes', ...there)).code).toBe(0);
    const gone = await mappings('get', 'cloudtrail-enabled', ...there);
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toMatch(/^error: There is no mapping for "cloudtrail-enabled"[^\n]*\n$/);
  });

  test('one row that is wrong keeps all of them out', async () => {
    await booted.clients.dynamoDb.send(
      new PutItemCommand({ TableName: 'AutomationMappingTable', Item: marshall(mappingRow()) }),
    );
    const file = write(
      'half.json',
      JSON.stringify([
        mappingRow({ checkName: 'good' }),
        mappingRow({ checkName: 'bad', regexPattern: '(' }),
      ]),
    );
    const { code, stderr } = await mappings('put', file, '--yes', ...there);
    expect(stderr).toMatch(
      /^error: half\.json:1:\d+ regexPattern: "\(" is not RE2[^\n]*Nothing was changed[^\n]*\n$/,
    );
    expect(code).toBe(1);
    expect((await mappings('list', ...there)).stdout).not.toContain('good');
  });

  test('takes back what it lists, shows what somebody has changed meanwhile, and refuses more than it can write at once', async () => {
    await booted.clients.dynamoDb.send(
      new PutItemCommand({ TableName: 'AutomationMappingTable', Item: marshall(mappingRow()) }),
    );
    const listed = write('listed.json', (await mappings('list', '--json', ...there)).stdout);
    expect(await mappings('put', listed, ...there)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to change.'),
    });
    const bolder = write('bolder.json', JSON.stringify(mappingRow({ executionMode: 'approval' })));
    expect((await mappings('diff', bolder, ...there)).stdout).toContain('+ executionMode: "approval"');
    const many = Array.from({ length: 101 }, (_, n) => mappingRow({ checkName: `check ${n}` }));
    const { code, stderr } = await mappings(
      'put',
      write('many.json', JSON.stringify(many)),
      '--yes',
      ...there,
    );
    expect(stderr).toMatch(/^error: 101 rows of 0\.\d MB are to change, [^\n]*Nothing was changed[^\n]*\n$/);
    expect(code).toBe(2);
    expect((await mappings('list', ...there)).stdout).not.toContain('check 7');
  });

  test('a table that is not there is named, with the remedy', async () => {
    const { code, stderr } = await mappings('list', ...there, '--automation-mapping-table', 'NoTable');
    expect(stderr).toMatch(/^error: There is no table NoTable at http[^\n]*\n$/);
    expect(code).toBe(2);
  });
});
