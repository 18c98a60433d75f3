import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack, CONTEXT, stepsOf } from './support.ts';

const CHILD = `schemaVersion: '0.3'
parameters:
  Ids: { type: StringList }
  Force: { type: Boolean, default: false }
  Role: { type: 'AWS::IAM::Role::Arn', default: '' }
  Options: { type: StringMap, default: {} }
mainSteps:
  - name: work
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: Work, Ids: '{{ Ids }}', Force: '{{ Force }}', Options: '{{ Options }}', Region: '{{ global:REGION }}' }
    outputs: [{ Name: Done, Selector: $.Done, Type: StringList }, { Name: Count, Selector: $.Count, Type: Integer }]
outputs: [work.Done, work.Count]`;
const parent = (inputs: JsonObject, more = '') => `schemaVersion: '0.3'
parameters: { Role: { type: String, default: '' } }
mainSteps:
  - name: call
    action: aws:executeAutomation
    ${more}
    inputs: ${JSON.stringify(inputs)}
  - name: use
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: Use, Output: '{{ call.Output }}', Status: '{{ call.Status }}' }`;

async function run(
  inputs: JsonObject,
  answer: () => unknown = () => ({ Done: ['x', 'y'], Count: 2 }),
  more = '',
) {
  const stack = automationStack({ Work: answer, Use: () => ({}) });
  stack.create('Child', CHILD);
  const shown = await stack.run(parent(inputs, more));
  const listed = (Key: string, value: string) =>
    stack.call('DescribeAutomationExecutions', { Filters: [{ Key, Values: [value] }] })
      .AutomationExecutionMetadataList as JsonObject[];
  return { stack, shown, children: listed('ParentExecutionId', shown.AutomationExecutionId) };
}
const PARAMETERS = { Ids: ['a', 'b'], Force: true, Role: '{{ Role }}', Options: { k: 1 } };

describe('aws:executeAutomation', () => {
  it('runs another runbook with values of all types, and hands on what it gives out', async () => {
    const { stack, shown, children } = await run({ DocumentName: 'Child', RuntimeParameters: PARAMETERS });
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(stack.account.calls.map(({ input }) => input)).toEqual([
      { Ids: ['a', 'b'], Force: true, Options: { k: 1 }, Region: 'us-east-1' },
      { Output: ['x', 'y', '2'], Status: 'Success' },
    ]);
    expect(children).toHaveLength(1);
    const [child] = children;
    expect(child).toMatchObject({
      DocumentName: 'Child',
      AutomationExecutionStatus: 'Success',
      ParentAutomationExecutionId: shown.AutomationExecutionId,
      ExecutedBy: CONTEXT.principalArn,
    });
    expect(shown.StepExecutions[0]?.Outputs).toEqual({
      ExecutionId: [child?.AutomationExecutionId],
      Status: ['Success'],
      Output: ['x', 'y', '2'],
    });
    const told = stack.bus.events.filter(({ detail }) => detail.ExecutionId === child?.AutomationExecutionId);
    expect(told.map(({ detail }) => detail.Status)).toEqual([
      'InProgress',
      'InProgress',
      'Success',
      'Success',
    ]);
  });

  it('fails as the other fails, and says why', async () => {
    const { shown } = await run({ DocumentName: 'Child', RuntimeParameters: PARAMETERS }, () => {
      throw new Error('broken');
    });
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    const id = shown.StepExecutions[0]?.Outputs?.ExecutionId?.[0];
    // As AWS says it, and then why: the other execution's own words, with one reference to the guide for both.
    const none = 'No output available yet because the step is not successfully executed';
    expect(shown.FailureMessage).toBe(
      `Step fails when it is Execution complete: verified. Failed to run automation with executionId: ${id} Failed : {Status=[Failed], Output=[${none}, ${none}], ExecutionId=[${id}]}. Step fails when it is Execute/Cancelling action. An error occurred (Error) when calling the Work operation: broken. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.`,
    );
    expect(shown.StepExecutions[0]?.Outputs).toMatchObject({ Status: ['Failed'] });
  });

  it.each<[string, JsonObject, RegExp]>([
    ['a document that is not there', { DocumentName: 'Gone' }, /AutomationDefinitionNotFoundException.*Gone/],
    ['a missing parameter', { DocumentName: 'Child' }, /Missing required parameters: \[Ids\]/],
    [
      'a parameter that it has not',
      { DocumentName: 'Child', RuntimeParameters: { X: '1' } },
      /\[X\] are not defined/,
    ],
    [
      'another account',
      {
        DocumentName: 'Child',
        RuntimeParameters: PARAMETERS,
        TargetLocations: [{ Accounts: ['999999999999'], Regions: ['us-east-1'] }],
      },
      /not 999999999999/,
    ],
    [
      'targets without a parameter for them',
      { DocumentName: 'Child', Targets: [{ Key: 'ParameterValues', Values: ['a'] }] },
      /TargetParameterName is required/,
    ],
  ])('fails for %s', async (_what, inputs, message) => {
    const { shown } = await run(inputs);
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(shown.FailureMessage).toMatch(message);
  });

  it('runs in a region that TargetLocations names', async () => {
    const TargetLocations = [{ Accounts: ['123456789012'], Regions: ['eu-west-1'], ExecutionRoleName: 'r' }];
    const { stack } = await run({ DocumentName: 'Child', RuntimeParameters: PARAMETERS, TargetLocations });
    expect(stack.account.calls[0]).toMatchObject({ region: 'eu-west-1', input: { Region: 'eu-west-1' } });
  });

  it('runs once for each target', async () => {
    const { shown, stack } = await run({
      DocumentName: 'Child',
      TargetParameterName: 'Ids',
      Targets: [{ Key: 'ParameterValues', Values: ['a', 'b'] }],
      MaxConcurrency: 2,
    });
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(stack.account.calls.map(({ input }) => input.Ids ?? 'after')).toEqual([['a'], ['b'], 'after']);
  });

  it('nests five deep, and no deeper', async () => {
    const stack = automationStack();
    stack.create(
      'Self',
      `schemaVersion: '0.3'\nmainSteps: [{ name: again, action: 'aws:executeAutomation', inputs: { DocumentName: Self } }]`,
    );
    const id = stack.start('Self');
    await stack.automation.idle();
    expect(stack.get(id).FailureMessage).toContain('nested too deep: 5 levels');
    const all = stack.call('DescribeAutomationExecutions').AutomationExecutionMetadataList as JsonObject[];
    expect(all).toHaveLength(6);
  });

  it('cancels what it started, and times out with it', async () => {
    const hang = () => new Promise(() => {});
    const late = await run(
      { DocumentName: 'Child', RuntimeParameters: PARAMETERS },
      hang,
      'timeoutSeconds: 20',
    );
    expect(late.shown.AutomationExecutionStatus).toBe('TimedOut');
    expect(late.children[0]?.AutomationExecutionStatus).toBe('Cancelled');
    const stack = automationStack({ Work: hang });
    stack.create('Child', CHILD);
    stack.create('Parent', parent({ DocumentName: 'Child', RuntimeParameters: PARAMETERS }));
    const id = stack.start('Parent');
    while (stack.account.calls.length === 0) await turn();
    stack.call('StopAutomationExecution', { AutomationExecutionId: id });
    await stack.automation.idle();
    expect(stepsOf(stack.get(id))).toBe('call=Cancelled use=Pending');
    const all = stack.call('DescribeAutomationExecutions').AutomationExecutionMetadataList as JsonObject[];
    expect(all.map(({ AutomationExecutionStatus }) => AutomationExecutionStatus)).toEqual([
      'Cancelled',
      'Cancelled',
    ]);
  });

  it('never waits for a place: a hundred parents find room for their children', async () => {
    const stack = automationStack({ Work: () => ({ Done: [], Count: 0 }), Use: () => ({}) });
    stack.create('Child', CHILD);
    stack.create('Parent', parent({ DocumentName: 'Child', RuntimeParameters: PARAMETERS }));
    const ids = Array.from({ length: 120 }, () => stack.start('Parent'));
    await stack.automation.idle();
    expect(ids.map((id) => stack.get(id).AutomationExecutionStatus)).toEqual(Array(120).fill('Success'));
  });
});
