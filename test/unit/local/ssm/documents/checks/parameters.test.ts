import { describe, expect, it } from 'vitest';
import { validateDocument } from '../../../../../../local/ssm/documents/validate.ts';

const BEFORE = 'parameters: { A: { ';
const one = (declaration: string) =>
  validateDocument(`schemaVersion: '0.3'
${BEFORE}${declaration} } }
mainSteps: [{ name: nap, action: 'aws:sleep', inputs: { Duration: PT1S } }]`);

describe("a parameter's constraints", () => {
  it.each([
    ["type: String, default: §XX, allowedPattern: '^[a-z]+$'", /^WrongDefault.*does not match/],
    ['type: String, default: §abc, maxChars: 2', /^WrongDefault.*can have 2 at most/],
    ['type: StringList, default: §[a, b, c], maxItems: 2', /^WrongDefault.*has 3 items/],
    ['type: StringList, default: §[a, c], allowedValues: [a, b]', /^WrongDefault.*"c" not found in \[a, b\]/],
    ["type: Integer, default: §7, allowedPattern: '^[1-5]$'", /^WrongDefault/],
    ["type: 'AWS::EC2::Instance::Id', default: §web", /^WrongDefault.*not an AWS::EC2::Instance::Id/],
    ['type: String, minChars: §5, maxChars: 2', /^WrongConstraint.*minChars is more than maxChars/],
    ['type: StringList, minItems: §2, maxItems: 1', /^WrongConstraint.*minItems is more than maxItems/],
    ['type: Integer, allowedValues: §[1, two]', /^WrongConstraint.*"two" is not of type Integer/],
  ])('are held against themselves: %s', (declaration, expected) => {
    const [head = ''] = declaration.split('§');
    const { faults, runbook } = one(declaration.replace('§', ''));
    expect(faults.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(expected),
    ]);
    expect(faults).toMatchObject([{ line: 2, column: BEFORE.length + head.length + 1, severity: 'warning' }]);
    expect(runbook).toBeDefined();
  });

  it.each([
    "type: String, default: '', allowedPattern: '^[a-z]+$', minChars: 3",
    "type: 'AWS::EC2::Instance::Id', default: ''",
    'type: StringList, default: [], minItems: 1',
    "type: String, default: '{{ ssm:name }}', maxChars: 3",
    'type: StringList, default: [b, a], allowedValues: [a, b]',
    "type: Boolean, default: true, allowedValues: [true, 'false']",
    "type: Integer, default: 3, allowedValues: ['3', 5]",
    'type: StringList, default: [a, b], allowedValues: [[a, b], c]',
    // It takes half a second, for each parameter.
    "type: String, default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac, allowedPattern: '(?=a)(a+)+b'",
  ])('allow: %s', (declaration) => {
    expect(one(declaration).faults).toEqual([]);
  });
});
