import { describe, expect, it } from 'vitest';
import { operationName } from '../../../../../local/ssm/automation/actions/api-call.ts';
import { durationMs } from '../../../../../local/ssm/automation/duration.ts';
import { automationStack, stepsOf } from './support.ts';

describe('aws:executeAwsApi', () => {
  it('passes the other inputs on, with tokens filled in and their types kept', async () => {
    const { run, account } = automationStack({ StartInstances: () => ({}) });
    const shown = await run(
      `schemaVersion: '0.3'
parameters:
  Ids: { type: StringList }
  Port: { type: Integer, default: 22 }
mainSteps:
  - name: call
    action: aws:executeAwsApi
    inputs:
      Service: EC2
      Api: start_instances
      InstanceIds: '{{ Ids }}'
      Nested: [{ FromPort: '{{Port}}', Text: 'port {{ Port }} of {{ global:REGION }}/{{global:ACCOUNT_ID}}' }]
      Run: '{{ automation:EXECUTION_ID }}'
      Day: '{{ global:DATE }} {{ global:DATE_TIME }}'`,
      { Ids: ['i-1', 'i-2'] },
    );
    expect(account.calls).toEqual([
      {
        service: 'ec2',
        operation: 'StartInstances',
        region: 'us-east-1',
        input: {
          InstanceIds: ['i-1', 'i-2'],
          Nested: [{ FromPort: 22, Text: 'port 22 of us-east-1/123456789012' }],
          Run: shown.AutomationExecutionId,
          Day: '2024-11-29 2024-11-29_19.43.20',
        },
      },
    ]);
    expect(shown.StepExecutions[0]?.Inputs).toMatchObject({ Service: '"EC2"', InstanceIds: '["i-1","i-2"]' });
  });

  it.each(['DescribeInstances', 'describeInstances', 'describe_instances'])('reads the name %s', (name) => {
    expect(operationName(name)).toBe('DescribeInstances');
  });

  it('hands outputs to later steps and to the document', async () => {
    const { run, account } = automationStack({
      Describe: () => ({ Items: [{ Id: 'a', At: new Date(0) }, { Id: 'b' }], Count: 2 }),
      Use: () => ({}),
    });
    const shown = await run(`schemaVersion: '0.3'
mainSteps:
  - name: find
    action: aws:executeAwsApi
    inputs: { Service: s3, Api: Describe }
    outputs:
      - { Name: First, Selector: '$.Items[0].Id' }
      - { Name: All, Selector: '$.Items[*].Id', Type: StringList }
      - { Name: Map, Selector: '$.Items[0]', Type: StringMap }
      - { Name: Count, Selector: $.Count, Type: Integer }
      - { Name: None, Selector: $.Missing, Type: StringList }
  - name: use
    action: aws:executeAwsApi
    inputs: { Service: s3, Api: Use, Ids: '{{ find.All }}', Map: '{{ find.Map }}', N: '{{ find.Count }}', None: '{{ find.None }}' }
  - { name: stop, action: 'aws:sleep', inputs: { Duration: soon } }
outputs: [find.First, find.All, find.Map, stop.Output]`);
    expect(account.calls[1]?.input).toEqual({
      Ids: ['a', 'b'],
      Map: { Id: 'a', At: '1970-01-01T00:00:00.000Z' },
      N: 2,
      None: [],
    });
    expect(shown.Outputs).toEqual({
      'find.First': ['a'],
      'find.All': ['a', 'b'],
      'find.Map': ['{"Id":"a","At":"1970-01-01T00:00:00.000Z"}'],
      'stop.Output': ['No output available yet because the step is not successfully executed'],
    });
    expect(shown.StepExecutions[0]?.Outputs).toMatchObject({ First: ['a'], Count: ['2'], None: [] });
  });

  it.each([
    ["Selector: '$.Missing'", /finds nothing/],
    [
      "Selector: '$.Name', Type: Integer",
      /The output X is not of its type: the value "x" that the selector \$\.Name found can't be converted to Integer/,
    ],
    ["Selector: '$.Long', Type: Boolean", /the value "y{199}… that the selector/],
    ["Selector: '$.Many', Type: Integer", /the value \[1,2\] that/],
    ["Selector: '$.Name', Type: StringMap", /can't be converted to StringMap/],
    ["Selector: '$.Name', Type: MapList", /can't be converted to MapList/],
  ])('fails where an output has %s', async (output, message) => {
    const { run } = automationStack({
      Describe: () => ({ Name: 'x', Long: 'y'.repeat(5000), Many: [1, 2] }),
    });
    const shown = await run(`schemaVersion: '0.3'
mainSteps:
  - name: find
    action: aws:executeAwsApi
    inputs: { Service: s3, Api: Describe }
    outputs: [{ Name: X, ${output} }]`);
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(shown.FailureMessage).toMatch(message);
  });

  it.each([
    '{{ Nobody }}',
    '{{ ssm:/app/name }}',
    '{{ gone.Output }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ global:PLANET }}',
    '{{ automation:NAME }}',
    '{{ variable:x }}',
  ])('refuses a document with the token %s', async (token) => {
    const { run, account } = automationStack({ Describe: () => ({}) });
    const content = `schemaVersion: '0.3'
mainSteps:
  - { name: find, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Describe, X: '${token}' } }`;
    await expect(run(content)).rejects.toThrow(`the token ${token} names nothing`);
    expect(account.calls).toEqual([]);
  });

  it("leaves other languages' braces alone", async () => {
    const { run, account } = automationStack({ Describe: () => ({}) });
    await run(`schemaVersion: '0.3'
mainSteps:
  - { name: find, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Describe, X: '{{.Names}} {{ a + b }} {{}}' } }`);
    expect(account.calls[0]?.input).toEqual({ X: '{{.Names}} {{ a + b }} {{}}' });
  });
});

describe('waiting and asserting', () => {
  const step = (action: string, more = '') => `schemaVersion: '0.3'
mainSteps:
  - name: check
    action: aws:${action}
    ${more}
    inputs: { Service: ec2, Api: Describe, PropertySelector: $.State, DesiredValues: [running, 'True'] }`;

  it.each([
    ['running', 'Success'],
    [true, 'Success'],
    [['running', 'running'], 'Success'],
    ['stopped', 'Failed'],
    [[], 'Failed'],
    [undefined, 'Failed'],
  ])('asserts %j: %s', async (State, status) => {
    const { run, account } = automationStack({ Describe: () => ({ State }) });
    const shown = await run(step('assertAwsResourceProperty'));
    expect(shown.AutomationExecutionStatus).toBe(status);
    expect(account.calls[0]?.input).toEqual({});
  });

  it.each([
    [
      false,
      `'False' from the API output is not in the desired values. Desired values: ['running', 'True', '7'].`,
    ],
    [
      'off',
      `'off' from the API output is not in the desired values. Desired values: ['running', 'True', '7'].`,
    ],
    [
      ['off'],
      `'["off"]' from the API output is not in the desired values. Desired values: ['running', 'True', '7'].`,
    ],
    [
      undefined,
      `'None' from the API output is not in the desired values. Desired values: ['running', 'True', '7'].`,
    ],
  ])("says of %j in AWS's words that it is not desired, and where it was found", async (State, message) => {
    const { run } = automationStack({ Describe: () => ({ State }) });
    const shown = await run(
      step('assertAwsResourceProperty').replace(
        /DesiredValues: \[.*?\]/,
        'DesiredValues: [running, true, 7]',
      ),
    );
    expect(shown.FailureMessage).toContain(
      `Step fails when it is Execute/Cancelling action. Property value ${message} PropertySelector: $.State. Please`,
    );
  });

  it('waits until the property has the value', async () => {
    let polls = 0;
    const { run } = automationStack({ Describe: () => ({ State: ++polls < 5 ? 'pending' : 'running' }) });
    expect((await run(step('waitForAwsResourceProperty'))).AutomationExecutionStatus).toBe('Success');
    expect(polls).toBe(5);
  });

  it.each([
    ['', 3600],
    ['timeoutSeconds: 60', 60],
  ])('gives up in time (%j)', async (timeout, seconds) => {
    const { run } = automationStack({ Describe: () => ({ State: 'pending' }) });
    const shown = await run(step('waitForAwsResourceProperty', timeout));
    const [waited] = shown.StepExecutions;
    expect(stepsOf(shown)).toBe('check=TimedOut');
    expect(Number(waited?.ExecutionEndTime) - Number(waited?.ExecutionStartTime)).toBe(seconds * 1000);
  });
});

describe('aws:sleep', () => {
  it.each([
    ['PT10M', 600_000],
    ['P1DT1H', 90_000_000],
    ['PT0.5S', 500],
    ['PT0S', 0],
    ['P', undefined],
    ['PT', undefined],
    ['10', undefined],
    ['PT1Y', undefined],
  ])('reads %s as %s ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it('sleeps until a timestamp, and refuses more than a week', async () => {
    const { run, clock } = automationStack();
    const content = (inputs: string) =>
      `schemaVersion: '0.3'\nmainSteps: [{ name: nap, action: 'aws:sleep', inputs: { ${inputs} } }]`;
    expect((await run(content("Timestamp: '2024-11-30T00:00:00Z'"))).AutomationExecutionStatus).toBe(
      'Success',
    );
    expect(clock.now().toISOString()).toBe('2024-11-30T00:00:00.000Z');
    expect((await run(content('Duration: P8D'))).FailureMessage).toMatch(/7 days/);
    expect((await run(content('Duration: soon'))).FailureMessage).toMatch(/ISO 8601/);
    expect((await run(content(''))).FailureMessage).toMatch(/Duration is missing/);
  });
});
