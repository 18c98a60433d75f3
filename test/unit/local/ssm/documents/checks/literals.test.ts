import { describe, expect, it } from 'vitest';
import { validateDocument } from '../../../../../../local/ssm/documents/validate.ts';

const HEAD = `schemaVersion: '0.3'
parameters: { P: { type: String } }
variables: { count: { type: Integer, default: 1 } }
mainSteps:
`;

function faultsOf(step: string): string[] {
  return validateDocument(`${HEAD}  - { name: a, ${step} }\n`).faults.map(
    ({ line, column, severity, code, message }) => `${line}:${column} ${severity} ${code} ${message}`,
  );
}

describe('inputs that are written out', () => {
  it.each([
    [
      "action: 'aws:sleep', inputs: { Duration: §five minutes }",
      /WrongInput.*Duration has to be an ISO 8601/,
    ],
    ["action: 'aws:sleep', inputs: { Duration: §5 }", /WrongInput.*, 5 is not/],
    ["action: 'aws:sleep', inputs: { Timestamp: §tomorrow }", /WrongInput.*ISO 8601 time/],
    ["action: 'aws:sleep', §inputs: {}", /MissingInput.*one of the inputs Duration, Timestamp/],
    [
      "action: 'aws:changeInstanceState', inputs: { InstanceIds: [i], DesiredState: §sleeping }",
      /WrongInput.*one of running, stopped, terminated/,
    ],
    [
      "action: 'aws:loop', inputs: { Iterators: [x], IteratorDataType: §Text, Steps: [{ name: b, action: 'aws:pause' }] }",
      /WrongInput.*one of String, Integer, Boolean, StringMap/,
    ],
    ...['assertAwsResourceProperty', 'waitForAwsResourceProperty'].map((action): [string, RegExp] => [
      `action: 'aws:${action}', inputs: { Service: ec2, Api: DescribeX, PropertySelector: $.A, DesiredValues: §running }`,
      /WrongInput.*has to be a list/,
    ]),
    [
      "action: 'aws:updateVariable', inputs: { Name: §variable:total, Value: 2 }",
      /UndefinedVariable.*no variable total\. Its variables: count/,
    ],
    [
      "action: 'aws:executeScript', §inputs: { Runtime: python3.11, Handler: f }",
      /MissingInput.*one of the inputs Script, Attachment/,
    ],
  ])('are told of where no run could take them: %s', (step, expected) => {
    const column = `  - { name: a, ${step.split('§')[0]}`.length + 1;
    expect(faultsOf(step.replace('§', ''))).toEqual([expect.stringMatching(expected)]);
    expect(faultsOf(step.replace('§', ''))[0]).toMatch(
      new RegExp(`^5:${column} ${step.includes('Name: ') ? 'error' : 'warning'} `),
    );
  });

  it.each([
    "action: 'aws:sleep', inputs: { Duration: '{{ P }}' }",
    "action: 'aws:sleep', inputs: { Duration: 'PT{{ P }}M' }",
    "action: 'aws:sleep', inputs: { Timestamp: 2024-11-29T19:43:20Z }",
    "action: 'aws:assertAwsResourceProperty', inputs: { Service: ec2, Api: D, PropertySelector: $.A, DesiredValues: '{{ P }}' }",
    "action: 'aws:changeInstanceState', inputs: { InstanceIds: [i], DesiredState: '{{ P }}' }",
    "action: 'aws:updateVariable', inputs: { Name: 'variable:count', Value: 2 }",
    "action: 'aws:updateVariable', inputs: { Name: count, Value: 2 }",
    "action: 'aws:updateVariable', inputs: { Name: 'variable:{{ P }}', Value: 2 }",
    "action: 'aws:executeScript', inputs: { Runtime: python3.11, Handler: f, Attachment: a.zip }",
  ])('may be: %s', (step) => {
    expect(faultsOf(step)).toEqual([]);
  });
});
