import { describe, expect, it } from 'vitest';
import { catalogue, openValidation, row } from './validation.ts';

const { validate } = openValidation();

describe('what is wrong with a row', () => {
  it.each([
    [
      { automationStatu: true },
      'UnknownAttribute',
      'there is no attribute automationStatu (did you mean automationStatus?)',
    ],
    [{ opsItem: { urgency: 1 } }, 'UnknownAttribute', 'there is no attribute opsItem.urgency'],
    [
      { opsItem: { severty: '1' } },
      'UnknownAttribute',
      'there is no attribute opsItem.severty (did you mean severity?)',
    ],
    [
      { windows: [{ hours: '* 1 * * *', timezone: 'UTC' }] },
      'UnknownAttribute',
      'windows.0.timezone (did you mean timeZone?)',
    ],
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

describe('where the pattern is broken', () => {
  it('a placeholder is told of all the same, where it is nearly one that every row has', async () => {
    const automationParameters = { GroupId: ['$resourceID'], IpAddressToBlock: ['$address'] };
    const { faults } = await validate(row({ regexPattern: '(', automationParameters }));
    expect(faults.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringContaining('there is no $resourceID (did you mean resourceId?)'),
      expect.stringContaining('NotRe2'),
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
