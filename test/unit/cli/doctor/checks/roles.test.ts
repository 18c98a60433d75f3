import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { automationRoles } from '../../../../../cli/doctor/checks/automation-roles.ts';
import { functionRoles } from '../../../../../cli/doctor/checks/function-roles.ts';
import { ownRunbooks } from '../../../../../cli/doctor/checks/own-runbooks.ts';
import { passRole } from '../../../../../cli/doctor/checks/pass-role.ts';
import { mappingRow } from '../../../../helpers/cloud.ts';
import { ACCOUNT, type Answers, deployed, fault, linesOf } from '../doctor.fixture.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:role/remediator/close`;
const gone = new NoSuchEntityException({ message: 'x', $metadata: {} });
const roleFor = (service: string, Arn = ARN) => ({
  Role: {
    Arn,
    AssumeRolePolicyDocument: encodeURIComponent(
      JSON.stringify({
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
      }),
    ),
  },
});
const base: Answers = {
  Scan: () => ({ Items: [marshall(mappingRow())] }),
  GetFunctionConfiguration: () => ({ Role: `arn:aws:iam::${ACCOUNT}:role/handler` }),
};
const laptop = deployed({}, { isLaptop: true });

describe('roles of the functions', () => {
  it.each([
    ['are Lambda’s to assume', roleFor('lambda.amazonaws.com'), /^pass: 7 roles/],
    ['do not exist', gone, /^fail: .* has the role arn:.*, which does not exist/],
    ['are of something else', roleFor('ec2.amazonaws.com'), /^fail: .* does not let lambda/],
  ])('%s', async (_, answer, line) => {
    const lines = linesOf(await functionRoles.run(deployed({ ...base, GetRole: () => answer })));
    expect(lines[0]).toMatch(line);
  });
});

describe('roles of the runbooks', () => {
  it.each([
    ['are Systems Manager’s to assume', roleFor('ssm.amazonaws.com'), /^pass: 1 role/],
    ['do not exist', gone, /^fail: .*: there is no role arn/],
    [
      'are under another path',
      roleFor('ssm.amazonaws.com', ARN.replace('remediator/', '')),
      /^fail: .*there is no role/,
    ],
    ['are of something else', roleFor('lambda.amazonaws.com'), /^fail: .*does not let ssm/],
  ])('%s', async (_, answer, line) => {
    const results = await automationRoles.run(deployed({ ...base, GetRole: () => answer }));
    expect(linesOf(results)).toEqual([expect.stringMatching(line)]);
  });

  it('of another account cannot be read from here; a text that is none is told', async () => {
    const row = (role: string) => ({
      Scan: () => ({
        Items: [marshall(mappingRow({ automationParameters: `{"AutomationAssumeRole": ["${role}"]}` }))],
      }),
    });
    expect(await automationRoles.run(deployed(row(ARN.replace(ACCOUNT, '999999999999'))))).toMatchObject([
      { verdict: 'pass' },
    ]);
    expect(linesOf(await automationRoles.run(deployed(row('close'))))).toEqual([
      expect.stringMatching(/^fail: .*close is no role's ARN/),
    ]);
  });
});

describe('roles may be passed', () => {
  it.each([
    ['allowed', /^pass: 1 role/],
    ['implicitDeny', /^fail: remediator-prod-results-handler may not pass .*\(implicitDeny\)/],
  ])('%s', async (EvalDecision, line) => {
    const asked: unknown[] = [];
    const SimulatePrincipalPolicy = (input: object) => {
      asked.push(input);
      return { EvaluationResults: [{ EvalDecision }] };
    };
    expect(linesOf(await passRole.run(deployed({ ...base, SimulatePrincipalPolicy })))).toEqual([
      expect.stringMatching(line),
    ]);
    expect(asked).toMatchObject([{ ActionNames: ['iam:PassRole'], ResourceArns: [ARN] }]);
  });
});

describe('runbooks of this checkout', () => {
  it('that are not deployed, or are others', async () => {
    const GetDocument = ({ Name }: { Name?: unknown }) =>
      Name === 'Remediator-StopApplication'
        ? fault('InvalidDocument')
        : { Content: '{"schemaVersion": "0.3"}' };
    const lines = linesOf(await ownRunbooks.run(deployed({ GetDocument })));
    expect(lines).toHaveLength(10);
    expect(lines).toContain('warn: Remediator-StopApplication is not deployed');
    expect(lines[0]).toMatch(/is not the one of this checkout/);
  });
});

it('the laptop’s cloud asks for no permission', async () => {
  for (const check of [functionRoles, automationRoles, passRole])
    expect(await check.run(laptop)).toMatchObject([{ verdict: 'skip' }]);
});
