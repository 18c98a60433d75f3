import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Catalogue, openCatalogue } from '../../../../cli/mappings/catalogue.ts';
import { validateFiles } from '../../../../cli/mappings/validate.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { openFolder } from '../../../helpers/folder.ts';
import { recordingUi } from '../../../helpers/ui.ts';

const folder = openFolder();

const catalogue = openCatalogue();
let number = 0;

async function validate(content: unknown, from: Catalogue = catalogue) {
  number += 1;
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  const file = folder.write(`${number}.json`, text);
  const ui = recordingUi();
  const exitCode = await validateFiles({ ui, catalogue: from }, [file], { json: true });
  const { results, ...counts } = JSON.parse(ui.printed.join(''));
  return {
    exitCode,
    counts,
    faults: results[0].faults as {
      code: string;
      message: string;
      severity: string;
      line: number;
      column: number;
    }[],
  };
}

const row = (changes: object) =>
  aMappingRow({ automationParameters: { GroupId: ['$resourceId'] }, ...changes });
const pack = (changes: object, rows: readonly object[] = [{ ...row({}), why: 'w', undo: 'u' }]) => ({
  name: 'a-pack',
  description: 'for tests',
  rows,
  ...changes,
});

const named = (name: string) => `\${param:${name}}`;

describe('a file that is sound', () => {
  it.each([
    ['a row', row({})],
    ['its templates as texts', aMappingRow()],
    ['a list of rows', [row({}), row({ checkName: 'other' })]],
    ['a pack', pack({})],
    ['the row *', { checkName: '*', executionMode: 'approval', exemptTags: ['a=b'] }],
    [
      'a row as the AWS CLI puts it',
      {
        checkName: { S: 'x' },
        ssmAutomationDocument: { S: 'AWS-StopEC2Instance' },
        automationParameters: { S: '{"InstanceId": ["$resourceId"]}' },
        regexPattern: { S: 'i-.*' },
        automationStatus: { BOOL: true },
        requiredTags: { SS: ['a=b'] },
      },
    ],
    ['what a scan prints', { Items: [{ checkName: { S: '*' }, executionMode: { S: 'off' } }], Count: 1 }],
    ['what get-item prints', { Item: { checkName: { S: '*' }, executionMode: { S: 'off' } } }],
    ['a byte order mark', `\ufeff${JSON.stringify(row({}))}`],
  ])('%s', async (_, content) => {
    const { exitCode, faults, counts } = await validate(content);
    expect(faults).toEqual([]);
    expect(exitCode).toBe(0);
    expect(counts.rows).toBeGreaterThan(0);
  });
});

describe('what is wrong with a row', () => {
  it.each([
    [
      { automationStatu: true },
      'UnknownAttribute',
      'there is no attribute automationStatu (did you mean automationStatus?)',
    ],
    [{ opsItem: { urgency: 1 } }, 'UnknownAttribute', 'there is no attribute opsItem.urgency'],
    [{ automationStatus: undefined }, 'MissingAttribute', 'automationStatus is missing'],
    [{ executionMode: 'aproval' }, 'WrongValue', 'executionMode: must be one of automatic, approval'],
    [{ windows: [{ hours: 'x' }] }, 'WrongValue', 'windows.0: hours must have five cron fields'],
    [{ regexPattern: '(sg' }, 'NotRe2', 'regexPattern: "(sg" is not RE2'],
    [{ regexPattern: '(?!x)' }, 'NotRe2', 'is not RE2'],
    [{ automationParameters: '{"GroupId"' }, 'WrongTemplate', 'automationParameters is not JSON'],
    [
      { automationParameters: { GroupId: 'x' } },
      'WrongTemplate',
      'automationParameters of "GroupId" must be a list of strings',
    ],
    [{ automationParameters: 5 }, 'WrongTemplate', 'automationParameters is not a JSON object'],
    [
      { automationParameters: { GroupID: ['x'] } },
      'UnknownParameter',
      'has no parameter GroupID (did you mean GroupId?)',
    ],
    [{ automationParameters: {} }, 'MissingParameter', 'demands the parameter GroupId'],
    [
      { automationParameters: { GroupId: ['a', 'b'] } },
      'WrongParameterValue',
      'GroupId has 2 values, and takes one (String)',
    ],
    [
      { automationParameters: { GroupId: [''] } },
      'WrongPlaceholder',
      'an empty value, which Automation refuses',
    ],
    [
      { automationParameters: { GroupId: ['x'.repeat(513)] } },
      'WrongPlaceholder',
      '513 characters; 512 are the most',
    ],
    [
      { automationParameters: { GroupId: ['$2'] } },
      'WrongPlaceholder',
      'there is no group $2: regexPattern has 1',
    ],
    [
      { automationParameters: { GroupId: ['$resourceID'] } },
      'WrongPlaceholder',
      'there is no $resourceID (did you mean resourceId?)',
    ],
    [
      { automationParameters: { GroupId: ['$outputs.A.B'] } },
      'WrongPlaceholder',
      'known to rollbackParameters only',
    ],
    [{ automationParameters: { GroupId: ['a$'] } }, 'WrongPlaceholder', '$$ is a dollar'],
    [
      { automationParameters: { GroupId: ['x'], AutomationAssumeRole: ['$resourceId'] } },
      'WrongPlaceholder',
      'a role is written in the row',
    ],
    [
      { ssmAutomationDocument: 'aws-disablepublicaccessforsecuritygroup' },
      'UnknownRunbook',
      'did you mean AWS-DisablePublicAccessForSecurityGroup?',
    ],
    [{ why: '' }, 'WrongValue', 'why: must not be empty'],
    [{ examples: [] }, 'WrongValue', 'examples: must have an example'],
    [{ examples: [{ resource: 'x', expect: {} }] }, 'WrongValue', 'examples.0.expect: must be'],
    [
      { examples: [{ resource: 'x', expect: { error: 'X' }, details: {} }] },
      'UnknownAttribute',
      'there is no attribute examples.0.details',
    ],
    [
      { rollbackDocument: 'AWS-CloseSecurityGroup', rollbackParameters: { SecurityGroupIds: ['x'] } },
      'UnknownParameter',
      'AWS-CloseSecurityGroup has no parameter SecurityGroupIds (did you mean SecurityGroupId?)',
    ],
    [
      { rollbackDocument: 'AWS-CloseSecurityGroup' },
      'WrongValue',
      'rollbackDocument: and rollbackParameters come together',
    ],
  ])('%j: %s, %s', async (changes, code, message) => {
    const { exitCode, faults } = await validate(row(changes));
    expect(faults).toEqual([
      expect.objectContaining({ code, severity: 'error', message: expect.stringContaining(message) }),
    ]);
    expect(exitCode).toBe(1);
  });

  it.each([
    [
      'AWSConfigRemediation-EnforceEC2InstanceIMDSv2',
      { InstanceId: ['x'], AutomationAssumeRole: ['r'], HttpPutResponseHopLimit: ['two'] },
      'takes a whole number',
    ],
    [
      'AWSConfigRemediation-EnforceEC2InstanceIMDSv2',
      { InstanceId: ['x'], AutomationAssumeRole: ['r'], HttpPutResponseHopLimit: ['65'] },
      'does not match',
    ],
    [
      'AWSSupport-ContainEC2Instance',
      { InstanceId: ['x'], Action: ['contain'] },
      'takes Contain or Restore (did you mean Contain?)',
    ],
    [
      'AWSSupport-ContainEC2Instance',
      { InstanceId: ['x'], Action: ['Contain'], DryRun: ['no'] },
      'takes true or false',
    ],
    [
      'Remediator-InstallMissingPatches',
      { InstanceId: ['$resourceId'], RebootOption: ['Reboot'] },
      'takes NoReboot or RebootIfNeeded',
    ],
  ])('%s with %j: %s', async (ssmAutomationDocument, automationParameters, message) => {
    const { faults } = await validate(row({ ssmAutomationDocument, automationParameters }));
    expect(faults).toEqual([
      expect.objectContaining({ code: 'WrongParameterValue', message: expect.stringContaining(message) }),
    ]);
  });

  it('has the place of the key or the value, also in templates that are objects', async () => {
    const text = `{
  "checkName": "x", "ssmAutomationDocument": "AWS-DisablePublicAccessForSecurityGroup",
  "automationParameters": {
    "GroupID": ["$resourceId"],
    "IpAddressToBlock": ["1.2.3.4/32", "$3"]
  },
  "regexPattern": "(sg", "automationStatus": true, "mode": 1
}`;
    const { faults } = await validate(text);
    expect(faults.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([
      '4:5 UnknownParameter',
      '5:25 WrongParameterValue',
      '7:19 NotRe2',
      '7:52 UnknownAttribute',
    ]);
  });
});

describe('a runbook that the catalogue does not know', () => {
  const changes = { ssmAutomationDocument: 'Our-Runbook', automationParameters: { Any: ['$resourceId'] } };

  it('is a warning: it may be in the account', async () => {
    const { exitCode, faults } = await validate(row(changes));
    expect(faults).toMatchObject([
      { code: 'UnknownRunbook', severity: 'warning', message: expect.stringContaining('--region asks AWS') },
    ]);
    expect(exitCode).toBe(0);
  });

  it('is an error where the account was asked', async () => {
    const { exitCode, faults } = await validate(row(changes), { ...catalogue, isComplete: true });
    expect(faults).toMatchObject([
      { code: 'UnknownRunbook', severity: 'error', message: 'there is no runbook Our-Runbook there' },
    ]);
    expect(exitCode).toBe(1);
  });
});

describe('what is wrong with a file', () => {
  it.each([
    ['{"a": tru}', 'NotJson', 'it is no JSON'],
    ['5', 'NoMapping', 'it holds no mapping'],
    ['{}', 'NoMapping', 'it holds no mapping'],
    ['[1]', 'NoMapping', 'a row has to be an object'],
    [JSON.stringify(row({})).replace('{', '{"checkName":"first",'), 'KeyTwice', '"checkName" stands twice'],
    [[row({}), row({})], 'CheckTwice', 'there is another row for "Security groups'],
    [
      row({ checkName: named('Name') }),
      'UndeclaredPackParameter',
      "is not declared in the pack's parameters",
    ],
    [pack({ rows: [] }), 'WrongValue', 'rows: must have a row'],
    [pack({ name: 'A Pack' }), 'WrongValue', 'name: must be words in small letters'],
    [pack({ title: 'x' }), 'UnknownAttribute', '"title" is no attribute of a pack'],
    [pack({}, [row({ undo: 'u' })]), 'MissingAttribute', 'why is missing'],
    [pack({ parameters: { Role: { description: 'd' } } }), 'WrongValue', 'parameters.Role.example'],
    [
      pack({ parameters: { Rolle: { description: 'd', example: 'e' } } }, [
        { ...row({ checkName: named('Role') }), why: 'w', undo: 'u' },
      ]),
      'UndeclaredPackParameter',
      '(did you mean Rolle?)',
    ],
  ])('%j: %s, %s', async (content, code, message) => {
    const { exitCode, faults } = await validate(content);
    expect(faults[0]).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(exitCode).toBe(1);
  });

  it('a parameter that no row names is a warning, and so is a JSON Schema among packs', async () => {
    const unused = await validate(pack({ parameters: { Role: { description: 'd', example: 'e' } } }));
    expect(unused).toMatchObject({
      exitCode: 0,
      faults: [{ code: 'UnusedPackParameter', severity: 'warning' }],
    });
    const schema = await validate({ $schema: 'http://json-schema.org/draft-07/schema#', definitions: {} });
    expect(schema).toMatchObject({ exitCode: 0, faults: [{ code: 'JsonSchema', severity: 'warning' }] });
  });

  it('files that cannot be read do not hide the others', async () => {
    mkdirSync(join(folder.path, 'a-directory'), { recursive: true });
    const files = [
      join(folder.path, 'nothing.json'),
      join(folder.path, 'a-directory'),
      folder.write('empty.json', ' '),
      folder.write('bytes.json', Buffer.from([0xff, 0xfe])),
      folder.write('good.json', row({})),
    ];
    const ui = recordingUi();
    const exitCode = await validateFiles({ ui, catalogue }, files, {});
    expect(exitCode).toBe(2);
    expect(ui.remarked.map((text) => text.replace(folder.path, ''))).toEqual([
      expect.stringContaining('nothing.json: there is no such file'),
      expect.stringContaining('a-directory is a directory'),
      expect.stringContaining('empty.json is empty'),
      expect.stringContaining('bytes.json is not text in UTF-8'),
    ]);
    expect(ui.printed).toEqual(['5 files: 1 row, 0 errors, 0 warnings, 4 not readable']);
  });
});
