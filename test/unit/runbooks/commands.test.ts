import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../local/clock.ts';
import { randomIds } from '../../../local/ids.ts';
import { CONTEXT } from '../local/ssm/automation/support.ts';
import { answering, denied, inputOf, managedInstance, NOT_MANAGED } from './answers.ts';
import { changesOf, type RunbookStack, runbookStack } from './support.ts';

const InstanceId = 'i-0123456789abcdef0';

const CASES = [
  {
    name: 'Remediator-InstallMissingPatches',
    parameters: { InstanceId },
    sent: {
      DocumentName: 'AWS-RunPatchBaseline',
      Parameters: { Operation: ['Install'], RebootOption: ['NoReboot'] },
    },
  },
  {
    name: 'Remediator-InstallMissingPatches',
    parameters: { InstanceId, RebootOption: 'RebootIfNeeded' },
    sent: {
      DocumentName: 'AWS-RunPatchBaseline',
      Parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
    },
  },
  {
    name: 'Remediator-InstallApplication',
    parameters: { InstanceId, PackageName: 'AmazonCloudWatchAgent' },
    sent: {
      DocumentName: 'AWS-ConfigureAWSPackage',
      Parameters: { action: ['Install'], name: ['AmazonCloudWatchAgent'] },
    },
  },
  {
    name: 'Remediator-StopApplication',
    parameters: { InstanceId, ApplicationName: 'telnetd' },
    sent: { DocumentName: 'AWS-RunShellScript' },
  },
] as const;

let stack: RunbookStack;
beforeEach(() => {
  stack = runbookStack(
    createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: CONTEXT.accountId }),
  );
});

describe.each(CASES)('$name with $parameters', ({ name, parameters, sent }) => {
  it('sends its command to the instance, and shows what it said', async () => {
    stack.account.interfere = answering(managedInstance());
    const execution = await stack.run(name, parameters);
    expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
    expect(inputOf(stack.account.calls, 'SendCommand')).toMatchObject({ InstanceIds: [InstanceId], ...sent });
    const step = execution.StepExecutions.find(({ Outputs }) => Outputs?.CommandId !== undefined);
    expect(step?.Outputs).toMatchObject({ CommandId: ['command-1'], Output: ['said'] });
  });

  it('sends the same command again when it runs twice: the document changes only what is not yet so', async () => {
    stack.account.interfere = answering(managedInstance());
    await stack.run(name, parameters);
    await stack.run(name, parameters);
    const inputs = stack.account.calls.filter(({ operation }) => operation === 'SendCommand');
    expect(inputs).toHaveLength(2);
    expect(inputs[0]?.input).toEqual(inputs[1]?.input);
  });

  it('fails where the command fails', async () => {
    stack.account.interfere = answering(managedInstance({ status: 'Failed' }));
    const execution = await stack.run(name, parameters);
    expect(execution.AutomationExecutionStatus).toBe('Failed');
    expect(execution.FailureMessage).toContain('said');
  });

  it('sends nothing to an instance that is not managed', async () => {
    stack.account.interfere = answering(NOT_MANAGED);
    expect((await stack.run(name, parameters)).AutomationExecutionStatus).toBe('Failed');
    expect(changesOf(stack.account)).toEqual([]);
  });

  it('fails where it may not send', async () => {
    stack.account.interfere = answering({ ...managedInstance(), SendCommand: denied });
    const { FailureMessage } = await stack.run(name, parameters);
    expect(FailureMessage).toContain('AccessDeniedException');
  });
});

it.each(['Remediator-InstallMissingPatches', 'Remediator-InstallApplication'])(
  '%s does not wait for an agent that is offline',
  async (name) => {
    stack.account.interfere = answering(managedInstance({ ping: 'ConnectionLost' }));
    const more = name.endsWith('Application') ? { PackageName: 'AmazonCloudWatchAgent' } : {};
    const { FailureMessage } = await stack.run(name, { InstanceId, ...more });
    expect(FailureMessage).toContain("Property value 'ConnectionLost'");
    expect(changesOf(stack.account)).toEqual([]);
  },
);

it.each([
  ['Remediator-InstallMissingPatches', { RebootOption: 'Always' }],
  ['Remediator-InstallApplication', { PackageName: 'a; rm -rf /' }],
  ['Remediator-StopApplication', { ApplicationName: "x'; rm -rf /; '" }],
  ['Remediator-StopApplication', { ApplicationName: '$(reboot)' }],
  ['Remediator-StopApplication', { ApplicationName: '-9' }],
  ['Remediator-StopApplication', { ApplicationName: '*' }],
  ['Remediator-StopApplication', { ApplicationName: 'a\nreboot' }],
])('%s refuses %j', async (name, parameters) => {
  stack.account.interfere = answering(managedInstance());
  await expect(stack.run(name, { InstanceId, ...parameters })).rejects.toMatchObject({
    code: 'InvalidAutomationExecutionParametersException',
  });
  expect(stack.account.calls).toEqual([]);
});
