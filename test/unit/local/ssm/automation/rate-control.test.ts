import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../../local/service.ts';
import { portionOf } from '../../../../../local/ssm/automation/rate-control.ts';
import { automationStack } from './support.ts';

const ONE = `schemaVersion: '0.3'
parameters: { Id: { type: String, allowedPattern: '[a-z0-9-]+' }, Size: { type: Integer, default: 1 } }
mainSteps:
  - { name: work, action: 'aws:executeAwsApi', inputs: { Service: ec2, Api: Work, Id: '{{ Id }}', Size: '{{ Size }}' } }
  - { name: rest, action: 'aws:sleep', inputs: { Duration: PT1S } }`;
const values = (...Values: string[]) => ({
  Targets: [{ Key: 'ParameterValues', Values }],
  TargetParameterName: 'Id',
});
const code = (expected: string) => expect.objectContaining({ code: expected });

function stackOf(more: Record<string, (input: JsonObject) => unknown> = {}, targetType?: string) {
  const stack = automationStack({
    Work: ({ Id }) => {
      if (String(Id).startsWith('bad')) throw new AwsError('Nope', 'no');
      return {};
    },
    ...more,
  });
  stack.call('CreateDocument', {
    Name: 'One',
    Content: ONE,
    DocumentType: 'Automation',
    DocumentFormat: 'YAML',
    ...(targetType && { TargetType: targetType }),
  });
  return stack;
}
async function run(input: JsonObject, stack = stackOf()) {
  const id = stack.start('One', {}, input);
  await stack.automation.idle();
  const worked = stack.account.calls
    .filter(({ operation }) => operation === 'Work')
    .map(({ input }) => input.Id);
  return { stack, id, shown: stack.get(id), worked };
}

describe('StartAutomationExecution with targets', () => {
  it('runs once for each value, and shows the children', async () => {
    const { stack, id, shown, worked } = await run({
      ...values('a', 'b', 'c'),
      MaxConcurrency: '2',
      MaxErrors: '10%',
    });
    expect(worked.toSorted()).toEqual(['a', 'b', 'c']);
    expect(shown).toMatchObject({
      AutomationExecutionStatus: 'Success',
      TargetParameterName: 'Id',
      Targets: [{ Key: 'ParameterValues', Values: ['a', 'b', 'c'] }],
      ResolvedTargets: { ParameterValues: ['a', 'b', 'c'], Truncated: false },
      MaxConcurrency: '2',
      MaxErrors: '10%',
      ProgressCounters: {
        TotalSteps: 3,
        SuccessSteps: 3,
        FailedSteps: 0,
        CancelledSteps: 0,
        TimedOutSteps: 0,
      },
    });
    expect(shown.StepExecutions.map(({ StepName, StepStatus }) => `${StepName}=${StepStatus}`)).toEqual([
      'a=Success',
      'b=Success',
      'c=Success',
    ]);
    const children = stack.call('DescribeAutomationExecutions', {
      Filters: [{ Key: 'ParentExecutionId', Values: [id] }],
    }).AutomationExecutionMetadataList as JsonObject[];
    expect(children.map(({ Target }) => Target).toSorted()).toEqual(['a', 'b', 'c']);
    expect(children.every((child) => child.ParentAutomationExecutionId === id)).toBe(true);
  });

  it('runs no more at once than MaxConcurrency', async () => {
    const seconds = async (MaxConcurrency: string) => {
      const { shown } = await run({ ...values('a', 'b', 'c', 'd'), MaxConcurrency });
      return (Number(shown.ExecutionEndTime) - Number(shown.ExecutionStartTime)) / 1000;
    };
    expect(await seconds('1')).toBe(4);
    expect(await seconds('2')).toBe(2);
    expect(await seconds('50%')).toBe(2);
    expect(await seconds('100%')).toBe(1);
  });

  it.each([
    ['0', ['bad1', 'a', 'b'], 'Failed', 1],
    ['1', ['bad1', 'a', 'bad2', 'b'], 'Failed', 3],
    ['1', ['bad1', 'a', 'b'], 'Success', 3],
    ['50%', ['bad1', 'bad2', 'a', 'b'], 'Success', 4],
    ['100%', ['bad1', 'bad2'], 'Success', 2],
  ])('stops after more than %s errors of %j: %s', async (MaxErrors, targets, status, started) => {
    const { shown, worked } = await run({ ...values(...targets), MaxErrors });
    expect(shown.AutomationExecutionStatus).toBe(status);
    expect(worked).toHaveLength(started);
    if (status === 'Failed') expect(shown.FailureMessage).toMatch(/MaxErrors is \d.*\(Nope\)/s);
  });

  it('counts a child that can not be started as a failure', async () => {
    const { shown } = await run({ ...values('NOT ALLOWED', 'a'), MaxErrors: '1' });
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(shown.StepExecutions[0]).toMatchObject({ StepStatus: 'Failed' });
    expect(shown.StepExecutions[0]?.FailureMessage).toContain('allowed pattern');
  });

  it('takes maps of parameters', async () => {
    const TargetMaps = [{ Id: ['a'], Size: ['2'] }, { Id: ['b'] }];
    const { stack, shown } = await run({ TargetMaps, TargetParameterName: 'Id' });
    expect(stack.account.calls.map(({ input }) => input)).toEqual([
      { Id: 'a', Size: 2 },
      { Id: 'b', Size: 1 },
    ]);
    expect(shown).toMatchObject({ TargetMaps, ResolvedTargets: { ParameterValues: ['a', 'b'] } });
  });

  it('finds resources by their tags, of the type that the document is for', async () => {
    const pages = [
      {
        ResourceTagMappingList: [{ ResourceARN: 'arn:aws:ec2:us-east-1:1:instance/i-1' }],
        PaginationToken: 'next',
      },
      { ResourceTagMappingList: [{ ResourceARN: 'arn:aws:ec2:us-east-1:1:instance/i-2' }] },
    ];
    const stack = stackOf({ GetResources: () => pages.shift() }, '/AWS::EC2::Instance');
    const input = { Targets: [{ Key: 'tag:env', Values: ['dev', 'test'] }], TargetParameterName: 'Id' };
    const { worked } = await run(input, stack);
    expect(worked).toEqual(['i-1', 'i-2']);
    expect(stack.account.calls[0]).toMatchObject({
      service: 'resourcegroupstaggingapi',
      input: { TagFilters: [{ Key: 'env', Values: ['dev', 'test'] }], ResourceTypeFilters: ['ec2:instance'] },
    });
  });

  it.each([
    ['no resource has the tags', () => ({ ResourceTagMappingList: [] }), /No resource matches/],
    [
      'the tags can not be read',
      () => {
        throw new AwsError('AccessDenied', 'no');
      },
      /\(AccessDenied\) when calling the GetResources/,
    ],
  ])('fails where %s', async (_what, GetResources, message) => {
    const input = { Targets: [{ Key: 'tag:env', Values: ['dev'] }], TargetParameterName: 'Id' };
    const { shown } = await run(input, stackOf({ GetResources }));
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(shown.FailureMessage).toMatch(message);
  });

  it('is cancelled with all its children', async () => {
    const stack = stackOf({ Work: () => new Promise(() => {}) });
    const id = stack.start('One', {}, { ...values('a', 'b', 'c'), MaxConcurrency: '2' });
    await new Promise((resolve) => setImmediate(resolve));
    stack.call('StopAutomationExecution', { AutomationExecutionId: id });
    await stack.automation.idle();
    expect(stack.get(id)).toMatchObject({
      AutomationExecutionStatus: 'Cancelled',
      ProgressCounters: { TotalSteps: 3, CancelledSteps: 2 },
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      'a resource group',
      { Targets: [{ Key: 'ResourceGroup', Values: ['g'] }], TargetParameterName: 'Id' },
      'InvalidTarget',
    ],
    [
      'a target without values',
      { Targets: [{ Key: 'tag:a', Values: [] }], TargetParameterName: 'Id' },
      'InvalidTarget',
    ],
    ['targets without a parameter', { Targets: [{ Key: 'tag:a', Values: ['b'] }] }, 'ValidationException'],
    [
      'a parameter that is not there',
      { ...values('a'), TargetParameterName: 'No' },
      'InvalidAutomationExecutionParametersException',
    ],
    ['both targets and maps', { ...values('a'), TargetMaps: [{ Id: ['a'] }] }, 'ValidationException'],
    ['301 maps', { TargetMaps: Array(301).fill({ Id: ['a'] }) }, 'ValidationException'],
    ['a map of a value that is too long', { TargetMaps: [{ Id: ['x'.repeat(51)] }] }, 'ValidationException'],
    ['a map of too many values', { TargetMaps: [{ Id: Array(26).fill('a') }] }, 'ValidationException'],
    ['an empty map', { TargetMaps: [{}] }, 'ValidationException'],
    [
      'a map of too many keys',
      { TargetMaps: [Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, ['a']]))] },
      'ValidationException',
    ],
    ['a map whose key is too long', { TargetMaps: [{ ['k'.repeat(51)]: ['a'] }] }, 'ValidationException'],
    ['MaxErrors alone', { MaxErrors: '1' }, 'ValidationException'],
    ['a MaxConcurrency of 0', { ...values('a'), MaxConcurrency: '0' }, 'ValidationException'],
    ['a MaxErrors of 101%', { ...values('a'), MaxErrors: '101%' }, 'ValidationException'],
    ['other accounts', { ...values('a'), TargetLocations: [{ Accounts: ['1'] }] }, 'ValidationException'],
  ])('refuses %s', (_what, input, expected) => {
    expect(() => stackOf().start('One', {}, input)).toThrow(code(expected));
  });
});

describe('portions', () => {
  it.each([
    ['10', 3, 10],
    ['10%', 50, 5],
    ['10%', 5, 0],
    ['100%', 7, 7],
  ])('%s of %i is %i', (text, total, expected) => {
    expect(portionOf(text, total)).toBe(expected);
  });
});
