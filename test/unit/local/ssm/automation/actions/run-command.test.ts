import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../../../../local/ssm/run-command/command.ts';
import { actionStack, type StackOptions } from './support.ts';

const ID = 'i-0123456789abcdef0';
const OTHER = 'i-0123456789abcdef1';
const described = (...ids: string[]) => ({
  Reservations: [{ Instances: ids.map((InstanceId) => ({ InstanceId })) }],
});
const step = (inputs: object = {}, more: object = {}) => ({
  action: 'aws:runCommand',
  inputs: {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [ID],
    Parameters: { commands: ['uptime'], executionTimeout: 60 },
    ...inputs,
  },
  ...more,
});
const stackOf = (options: StackOptions = {}) =>
  actionStack({ DescribeInstances: () => described(ID, OTHER) }, { isManaged: () => true, ...options });

describe('aws:runCommand', () => {
  it('sends the command and shows what came of it', async () => {
    const { run, call } = stackOf({ respond: () => ({ output: 'up 3 days\n' }) });
    const shown = await run(step());
    const [CommandId = ''] = shown.Outputs?.CommandId ?? [];
    expect(shown.Outputs).toEqual({
      CommandId: [CommandId],
      Status: ['Success'],
      ResponseCode: ['0'],
      Output: ['up 3 days\n'],
      OutputPayload: [
        JSON.stringify({ CommandId, Status: 'Success', ResponseCode: 0, Output: 'up 3 days\n' }),
      ],
    });
    expect(await call('ListCommands', { CommandId })).toMatchObject({
      Commands: [
        {
          DocumentName: 'AWS-RunShellScript',
          InstanceIds: [ID],
          Parameters: { commands: ['uptime'], executionTimeout: ['60'] },
        },
      ],
    });
  });

  it("fails in AWS's words, and leaves its outputs to later steps", async () => {
    const { runAll } = stackOf({
      respond: ({ parameters }) =>
        JSON.stringify(parameters).includes('uptime')
          ? { responseCode: 1, output: 'half', error: 'exit status 1' }
          : {},
    });
    const shown = await runAll([
      step({}, { onFailure: 'Continue' }),
      step({ Parameters: { commands: ['echo {{ step1.ResponseCode }} {{ step1.Status }}'] } }),
    ]);
    const [first, second] = shown.StepExecutions;
    expect(first?.FailureMessage).toMatch(
      /^Step fails when it is verifying the command has completed\. Command [-0-9a-f]{36} returns unexpected invocation result: \n\{CommandId=/,
    );
    expect(first?.FailureMessage).toContain(
      'Status=[Failed], ResponseCode=[1], Output=[half\n----------ERROR-------\nexit status 1]',
    );
    expect(second?.StepStatus).toBe('Success');
    expect(second?.Inputs.Parameters).toBe('{"commands":["echo 1 Failed"]}');
  });

  it('shows the output of an instance where it failed', async () => {
    const { run } = stackOf({
      respond: (_command, id) => (id === OTHER ? { responseCode: 2, error: 'bad' } : { output: 'good' }),
    });
    const shown = await run(step({ InstanceIds: ['{{ global:REGION }}'], Targets: '' }));
    expect(shown.FailureMessage).toContain('(ValidationException)');
    const both = await run(step({ InstanceIds: [ID, OTHER] }));
    expect(both.Outputs).toMatchObject({ Status: ['Failed'], ResponseCode: ['2'] });
    expect(both.Outputs?.Output?.[0]).toContain('bad');
  });

  it('reaches the instances that Targets name', async () => {
    const { run, calls } = stackOf();
    const Targets = [{ Key: 'tag:Stage', Values: ['Gamma'] }];
    expect((await run(step({ InstanceIds: [], Targets }))).Outputs).toMatchObject({ Status: ['Success'] });
    expect(calls[0]?.input).toMatchObject({
      Filters: [
        { Name: 'tag:Stage', Values: ['Gamma'] },
        { Name: 'instance-state-name', Values: ['running'] },
      ],
    });
  });

  it('fails where Targets name none', async () => {
    const { run } = actionStack({ DescribeInstances: () => ({ Reservations: [] }) });
    const shown = await run(step({ InstanceIds: [], Targets: [{ Key: 'tag:Stage', Values: ['none'] }] }));
    expect(shown.FailureMessage).toContain('no managed instance matches its Targets');
  });

  it('fails for an instance that is not managed', async () => {
    const missing = actionStack({ DescribeInstances: () => ({ Reservations: [] }) });
    expect((await missing.run(step())).FailureMessage).toContain(
      `An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances [[${ID}]] not in a valid state for account 123456789012.`,
    );
    const told = stackOf({ isManaged: (id) => id !== ID });
    expect((await told.run(step())).FailureMessage).toContain('(InvalidInstanceId)');
    expect((await told.run(step({ InstanceIds: [OTHER] }))).StepStatus).toBe('Success');
  });

  it.each(['cancelled', 'timed out'])('cancels the command where the step is %s', async (how) => {
    const stack = stackOf({ respond: () => new Promise<CommandOutcome>(() => {}) });
    const id = await stack.start([step({}, how === 'timed out' ? { timeoutSeconds: 120 } : {})]);
    if (how === 'cancelled') setTimeout(() => void stack.cancel(id), 20);
    await stack.automation.idle();
    expect((await stack.show(id)).StepExecutions[0]?.StepStatus).toBe(
      how === 'cancelled' ? 'Cancelled' : 'TimedOut',
    );
    expect(await stack.call('ListCommands', {})).toMatchObject({ Commands: [{ Status: 'Cancelled' }] });
  });

  it.each([
    [{ InstanceIds: [] }, 'InstanceIds or Targets has to be given'],
    [{ DocumentName: '' }, 'DocumentName is missing'],
    [{ Command: 'x' }, 'there is no input Command'],
    [{ Parameters: 'uptime' }, 'Parameters has to be a map'],
    [{ TimeoutSeconds: 5 }, '(ValidationException)'],
  ])('refuses %j', async (inputs, message) => {
    expect((await stackOf().run(step(inputs))).FailureMessage).toContain(message);
  });
});
