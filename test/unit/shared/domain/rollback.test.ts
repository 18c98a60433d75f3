import { describe, expect, it } from 'vitest';
import { fillRollback } from '../../../../shared/domain/rollback.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aRemediation, aTrackedFinding, GROUP_ID, ROLE_ARN } from '../../../helpers/findings.ts';

const outputs = {
  'describe.Rules': ['[{"from":22}]'],
  'describe.Role': [ROLE_ARN],
  'describe.Empty': [''],
  'describe.None': [],
  'describe.Two': ['a', 'b'],
  'describe.Many': Array(51).fill('a'),
  'describe.Mixed': ['a', '{{b}}'],
  'describe.Unsafe': ['{{ssm:/secret}}'],
  'describe.Brace': ['{'],
  'describe.Control': ['a\u0000b'],
};

function fill(template: Readonly<Record<string, readonly string[]>>, regexPattern = '(sg-\\w+)') {
  const rollback = { document: 'AWS-Undo', parameters: '', regexPattern };
  const remediation = aRemediation({ policy: { ...POLICY, rollback } });
  return fillRollback(JSON.stringify(template), { finding: aTrackedFinding(), remediation, outputs });
}

const POLICY = {
  maxAttempts: 1,
  retryAfterSeconds: 1,
  coolDownSeconds: 0,
  resolveOn: 'execution',
  verifyWithinHours: 1,
  onStillRed: 'rollback',
} as const;

describe('fillRollback', () => {
  it("fills in what automationParameters knows, and the execution's outputs", () => {
    expect(
      fill({
        GroupId: ['$resourceId'],
        Rules: ['$outputs.describe.Rules'],
        Text: ['was $outputs.describe.Rules in $region, $$outputs.describe.Rules'],
        AutomationAssumeRole: [ROLE_ARN],
      }),
    ).toEqual({
      GroupId: [GROUP_ID],
      Rules: ['[{"from":22}]'],
      Text: ['was [{"from":22}] in ap-southeast-2, $outputs.describe.Rules'],
      AutomationAssumeRole: [ROLE_ARN],
    });
  });

  it.each([
    ['an output that the execution does not have', { A: ['$outputs.describe.Other'] }, 'PLACEHOLDER_UNKNOWN'],
    ['a step alone', { A: ['$outputs.describe'] }, 'PLACEHOLDER_UNKNOWN'],
    ['outputs of Object.prototype', { A: ['$outputs.constructor.name'] }, 'PLACEHOLDER_UNKNOWN'],
    ['an empty output', { A: ['$outputs.describe.Empty'] }, 'PARAMETER_EMPTY'],
    ['an output without a value', { A: ['$outputs.describe.None'] }, 'PARAMETER_EMPTY'],
    ['several values amid a text', { A: ['x $outputs.describe.Two'] }, 'MAPPING_TEMPLATE_INVALID'],
    ['more values than Systems Manager takes', { A: ['$outputs.describe.Many'] }, 'PARAMETER_TOO_LONG'],
    ['one of several that is unsafe', { A: ['$outputs.describe.Mixed'] }, 'PARAMETER_UNSAFE'],
    ['a variable of Systems Manager', { A: ['$outputs.describe.Unsafe'] }, 'PARAMETER_UNSAFE'],
    ['half a variable', { A: ['{$outputs.describe.Brace}'] }, 'PARAMETER_UNSAFE'],
    ['a control character', { A: ['$outputs.describe.Control'] }, 'PARAMETER_UNSAFE'],
    ['a role from an output', { AutomationAssumeRole: ['$outputs.describe.Role'] }, 'ROLE_FROM_EVENT'],
    ['a role from an output, by ARN', { FnAssumeRoleArn: ['$outputs.describe.Role'] }, 'ROLE_FROM_EVENT'],
    ['no JSON object of lists', { A: 'text' as never }, 'MAPPING_TEMPLATE_INVALID'],
  ])('%s is refused', (_, template, code) => {
    expect(errorOf(() => fill(template))).toMatchObject({ code });
  });

  it('several values become as many, where a whole value asks for them', () => {
    expect(fill({ Ids: ['$outputs.describe.Two', '$resourceId'] })).toEqual({ Ids: ['a', 'b', GROUP_ID] });
  });

  it("goes by the mapping's pattern", () => {
    expect(fill({ A: ['$resourceId'] }, '^arn:aws:(\\w+)')).toEqual({ A: ['ec2'] });
    expect(errorOf(() => fill({ A: ['$resourceId'] }, 'vol-'))).toMatchObject({
      code: 'RESOURCE_NOT_MATCHED',
    });
  });
});
