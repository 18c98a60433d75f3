import { describe, expect, it } from 'vitest';
import { actionStack, inTurn, refusal } from './support.ts';

const ID = 'i-0123456789abcdef0';
const OTHER = 'i-0123456789abcdef1';

const described = (...states: string[]) => ({
  Reservations: states.map((Name, index) => ({
    Instances: [
      { InstanceId: index === 0 ? ID : OTHER, State: { Name }, StateReason: { Message: 'by a test' } },
    ],
  })),
});
const checks = (Status: string) => ({
  InstanceStatuses: [{ InstanceId: ID, InstanceStatus: { Status }, SystemStatus: { Status: 'ok' } }],
});
const step = (inputs: object, more: object = {}) => ({
  action: 'aws:changeInstanceState',
  inputs: { InstanceIds: [ID], ...inputs },
  ...more,
});

describe('aws:changeInstanceState', () => {
  it('stops instances, by force where told, and waits until they are', async () => {
    const { run, calls } = actionStack({
      StopInstances: () => ({}),
      DescribeInstances: inTurn(described('stopping'), described('stopping'), described('stopped')),
    });
    const shown = await run(step({ DesiredState: 'stopped', Force: 'true' }));
    expect(shown.StepStatus).toBe('Success');
    expect(shown.Outputs?.InstanceStates).toEqual(['stopped']);
    expect(calls[0]).toMatchObject({ service: 'ec2', operation: 'StopInstances' });
    expect(calls[0]?.input).toEqual({ InstanceIds: [ID], Force: true });
    expect(calls).toHaveLength(4);
  });

  it('counts as running only what has passed its status checks', async () => {
    const { run, operations } = actionStack({
      StartInstances: () => ({}),
      DescribeInstances: inTurn(described('pending'), described('running')),
      DescribeInstanceStatus: inTurn(checks('initializing'), checks('ok')),
    });
    expect((await run(step({ DesiredState: 'running' }))).StepStatus).toBe('Success');
    expect(operations().filter((name) => name === 'DescribeInstanceStatus')).toHaveLength(2);
  });

  it('waits for all of them', async () => {
    const { run, operations } = actionStack({
      TerminateInstances: () => ({}),
      DescribeInstances: inTurn(
        described('terminated', 'shutting-down'),
        described('terminated', 'terminated'),
      ),
    });
    await run(step({ DesiredState: 'terminated', InstanceIds: [[ID, OTHER]] }));
    expect(operations()).toEqual(['TerminateInstances', 'DescribeInstances', 'DescribeInstances']);
  });

  it('changes nothing with CheckStateOnly', async () => {
    const { run, operations } = actionStack({
      DescribeInstances: inTurn(described('running'), described('stopped')),
    });
    expect((await run(step({ DesiredState: 'stopped', CheckStateOnly: true }))).StepStatus).toBe('Success');
    expect(operations()).toEqual(['DescribeInstances', 'DescribeInstances']);
  });

  it('fails at once where the state can not be reached any more', async () => {
    const { run } = actionStack({
      StopInstances: () => ({}),
      DescribeInstances: () => described('terminated'),
    });
    const shown = await run(step({ DesiredState: 'stopped' }));
    expect(shown.FailureMessage).toBe(
      `Step fails when it is Poll action status for completion. The desired state stopped can't be reached any more: ${ID} is terminated (by a test). Please refer to Automation Service Troubleshooting Guide for more diagnosis details.`,
    );
    expect(shown.FailureDetails).toMatchObject({ FailureType: 'Verification' });
  });

  it("fails with EC2's words", async () => {
    const { run } = actionStack({ StopInstances: refusal('InvalidInstanceID.NotFound', 'none') });
    expect((await run(step({ DesiredState: 'stopped' }))).FailureMessage).toContain(
      'An error occurred (InvalidInstanceID.NotFound) when calling the StopInstances operation: none.',
    );
  });

  it.each([
    [{}, 3600],
    [{ timeoutSeconds: 90 }, 90],
  ])('gives up in time: %j', async (more, seconds) => {
    const { run } = actionStack({
      StopInstances: () => ({}),
      DescribeInstances: () => described('stopping'),
    });
    const shown = await run(step({ DesiredState: 'stopped' }, more));
    expect(shown.StepStatus).toBe('TimedOut');
    expect(Number(shown.ExecutionEndTime) - Number(shown.ExecutionStartTime)).toBe(seconds * 1000);
  });

  it('asks no more once it is cancelled', async () => {
    const stack = actionStack({
      StopInstances: () => ({}),
      DescribeInstances: () => {
        if (stack.calls.length === 4) void stack.cancel(id);
        return described('stopping');
      },
    });
    const id = await stack.start([step({ DesiredState: 'stopped' })]);
    await stack.automation.idle();
    expect((await stack.show(id)).AutomationExecutionStatus).toBe('Cancelled');
    expect(stack.calls).toHaveLength(4);
  });

  it.each([
    [{ DesiredState: 'paused' }, 'the input DesiredState has to be one of running, stopped, terminated'],
    [{ DesiredState: '' }, 'the input DesiredState is missing'],
    [{ DesiredState: 'stopped', InstanceIds: [] }, 'the input InstanceIds is missing'],
    [{ DesiredState: 'stopped', Wait: 1 }, 'there is no input Wait'],
    [{ DesiredState: 'stopped', Force: 'maybe' }, 'the input Force has to be true or false'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    const shown = await run(step(inputs));
    expect(shown.FailureMessage).toContain(message);
    expect(shown.FailureDetails).toMatchObject({ FailureStage: 'InputValidation' });
    expect(calls).toEqual([]);
  });
});
