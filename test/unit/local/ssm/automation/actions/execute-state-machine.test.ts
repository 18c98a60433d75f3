import { describe, expect, it } from 'vitest';
import { actionStack, inTurn, refusal } from './support.ts';

const ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:mend';
const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:mend:1';
const step = (inputs: object = {}) => ({
  action: 'aws:executeStateMachine',
  inputs: { stateMachineArn: ARN, ...inputs },
});
const execution = (status: string, more: object = {}) => ({
  executionArn: EXECUTION,
  stateMachineArn: ARN,
  name: '1',
  status,
  startDate: new Date(0),
  ...more,
});

describe('aws:executeStateMachine', () => {
  it('waits for the end of the execution', async () => {
    const { run, calls } = actionStack({
      StartExecution: () => ({ executionArn: EXECUTION }),
      DescribeExecution: inTurn(execution('RUNNING'), execution('SUCCEEDED', { output: '{"ok":true}' })),
    });
    const shown = await run(step({ input: { id: 'i-1' }, name: 'one' }));
    expect(calls[0]).toEqual({
      service: 'sfn',
      operation: 'StartExecution',
      region: 'us-east-1',
      input: { stateMachineArn: ARN, name: 'one', input: '{"id":"i-1"}' },
    });
    expect(shown.Outputs).toMatchObject({
      executionArn: [EXECUTION],
      status: ['SUCCEEDED'],
      output: ['{"ok":true}'],
      startDate: ['1970-01-01T00:00:00.000Z'],
    });
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'])('fails where it ends as %s', async (status) => {
    const { run } = actionStack({
      StartExecution: () => ({ executionArn: EXECUTION }),
      DescribeExecution: () => execution(status, { error: 'States.TaskFailed', cause: 'boom' }),
    });
    const shown = await run(step());
    expect(shown.FailureMessage).toContain(`has the status ${status}: States.TaskFailed, boom.`);
    expect(shown.Outputs).toMatchObject({ status: [status] });
  });

  it('stops the execution where the step is cancelled', async () => {
    const stack = actionStack({
      StartExecution: () => ({ executionArn: EXECUTION }),
      DescribeExecution: () => {
        if (stack.calls.length === 3) void stack.cancel(id);
        return execution('RUNNING');
      },
      StopExecution: () => ({}),
    });
    const id = await stack.start([step()]);
    await stack.automation.idle();
    expect((await stack.show(id)).AutomationExecutionStatus).toBe('Cancelled');
    expect(stack.calls.at(-1)).toMatchObject({
      operation: 'StopExecution',
      input: { executionArn: EXECUTION },
    });
  });

  it('stops it where the step times out', async () => {
    const stack = actionStack({
      StartExecution: () => ({ executionArn: EXECUTION }),
      DescribeExecution: () => execution('RUNNING'),
      StopExecution: () => ({}),
    });
    expect((await stack.run({ ...step(), timeoutSeconds: 60 })).StepStatus).toBe('TimedOut');
    expect(stack.operations().at(-1)).toBe('StopExecution');
  });

  it("fails with the service's words", async () => {
    const { run } = actionStack({ StartExecution: refusal('StateMachineDoesNotExist', 'none') });
    expect((await run(step())).FailureMessage).toContain('(StateMachineDoesNotExist)');
  });

  it.each([
    [{ stateMachineArn: '' }, 'stateMachineArn is missing'],
    [{ StateMachine: 'x' }, 'there is no input StateMachine'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    expect((await run(step(inputs))).FailureMessage).toContain(message);
    expect(calls).toEqual([]);
  });
});
