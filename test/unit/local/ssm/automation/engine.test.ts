import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../local/aws-error.ts';
import { automationStack, stepsOf } from './support.ts';

const sleep = (name: string, more = '') => `  - name: ${name}
    action: aws:sleep
    inputs: { Duration: PT1S }
${more}`;
const failing = (name: string, more = '') => `  - name: ${name}
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: Fail }
${more}`;
const runbook = (...steps: string[]) => `schemaVersion: '0.3'\nmainSteps:\n${steps.join('\n')}`;
const refusing = {
  Fail: () => {
    throw new AwsError('AuthFailure', 'no');
  },
};

describe('the order of steps', () => {
  it('follows the document, nextStep and isEnd', async () => {
    const { run } = automationStack();
    const shown = await run(
      runbook(
        sleep('one', '    nextStep: three'),
        sleep('two'),
        sleep('three', '    isEnd: true'),
        sleep('four'),
      ),
    );
    expect(stepsOf(shown)).toBe('one=Success two=Pending three=Success four=Pending');
    expect(shown.AutomationExecutionStatus).toBe('Success');
  });

  it('stops at a failure', async () => {
    const { run } = automationStack(refusing);
    const shown = await run(runbook(failing('bad'), sleep('two')));
    expect(shown).toMatchObject({
      AutomationExecutionStatus: 'Failed',
      FailureMessage:
        'Step fails when it is Execute/Cancelling action. An error occurred (AuthFailure) when calling the Fail operation: no. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.',
    });
    expect(stepsOf(shown)).toBe('bad=Failed two=Pending');
    expect(shown.StepExecutions[0]?.FailureDetails).toMatchObject({ FailureType: 'Permission' });
  });

  it.each([
    ['    onFailure: Continue', 'Success', 'two=Success three=Success'],
    ['    onFailure: Continue\n    isCritical: true', 'Failed', 'two=Success three=Success'],
    ['    onFailure: step:three', 'Failed', 'two=Pending three=Success'],
    ['    onFailure: step:three\n    isCritical: false', 'Success', 'two=Pending three=Success'],
    ['    onFailure: Continue\n    isEnd: true', 'Success', 'two=Pending three=Pending'],
  ])('heeds %j', async (properties, status, rest) => {
    const { run } = automationStack(refusing);
    const shown = await run(runbook(failing('bad', properties), sleep('two'), sleep('three')));
    expect(shown.AutomationExecutionStatus).toBe(status);
    expect(stepsOf(shown)).toBe(`bad=Failed ${rest}`);
  });

  it('stops a runbook that goes in circles, and lets others run meanwhile', async () => {
    const stack = automationStack();
    const circle = `schemaVersion: '0.3'
mainSteps:
  - name: again
    action: aws:branch
    inputs: { Choices: [{ NextStep: again, Variable: a, StringEquals: a }] }`;
    stack.create('Circle', circle);
    stack.create('Short', runbook(sleep('one')));
    const circling = stack.start('Circle');
    const short = stack.start('Short');
    await turn();
    expect(stack.get(circling).AutomationExecutionStatus).toBe('InProgress');
    await stack.automation.idle();
    expect(stack.get(circling).AutomationExecutionStatus).toBe('Failed');
    expect(stack.get(circling).FailureMessage).toMatch(/1000 steps.*again.*circles/);
    expect(stack.get(circling).StepExecutions.slice(-2)).toMatchObject([
      { StepStatus: 'Success' },
      { StepStatus: 'Failed', FailureMessage: stack.get(circling).FailureMessage },
    ]);
    expect(stack.get(short).AutomationExecutionStatus).toBe('Success');
    expect(stack.get(short).ExecutionEndTime).toBeDefined();
  });
});

describe('attempts and timeouts', () => {
  it('retries up to maxAttempts', async () => {
    let calls = 0;
    const { run } = automationStack({
      Fail: () => {
        calls += 1;
        if (calls < 3) throw new AwsError('Throttling', 'slow down');
        return {};
      },
    });
    const shown = await run(runbook(failing('flaky', '    maxAttempts: 3')));
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(calls).toBe(3);
  });

  it('does not retry an action that does not run here, and names it', async () => {
    const { run, clock } = automationStack({}, undefined, { actions: new Map() });
    const before = clock.now().getTime();
    const shown = await run(
      "schemaVersion: '0.3'\nmainSteps:\n  - { name: ask, action: 'aws:pause', maxAttempts: 9 }",
    );
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(shown.FailureMessage).toContain('The action aws:pause is not run by this Systems Manager yet');
    expect(clock.now().getTime()).toBe(before);
  });

  it('times a step out that never answers', async () => {
    const { run } = automationStack({ Fail: () => new Promise(() => {}) });
    const shown = await run(runbook(failing('stuck', '    timeoutSeconds: 90'), sleep('two')));
    expect(shown.AutomationExecutionStatus).toBe('TimedOut');
    expect(stepsOf(shown)).toBe('stuck=TimedOut two=Pending');
    expect(shown.FailureMessage).toMatch(/^Step timed out.*90 seconds/);
  });

  it('sleeps an hour in milliseconds', async () => {
    const { run } = automationStack();
    const began = performance.now();
    const shown = await run(runbook(sleep('one').replace('PT1S', 'PT1H')));
    const [step] = shown.StepExecutions;
    expect(Number(step?.ExecutionEndTime) - Number(step?.ExecutionStartTime)).toBe(3_600_000);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('faults', () => {
  it.each([
    ['throws something odd', () => Promise.reject('odd')],
    [
      'throws at once',
      () => {
        throw new TypeError('broken');
      },
    ],
    ['answers nothing', () => undefined],
  ])('an account that %s ends in an execution, not in a crash', async (_name, answer) => {
    const { run } = automationStack({ Fail: answer });
    const shown = await run(runbook(failing('bad', '    outputs: [{ Name: X, Selector: $.X }]')));
    expect(shown.AutomationExecutionStatus).toBe('Failed');
  });

  it('a bus that refuses events ends nothing', async () => {
    const { run, bus, faults } = automationStack();
    bus.publish = () => {
      throw new Error('bus is full');
    };
    expect((await run(runbook(sleep('one')))).AutomationExecutionStatus).toBe('Success');
    expect(faults).toHaveLength(4);
  });
});

describe('many at once', () => {
  it('runs 100, queues 1,000 and refuses more', async () => {
    const stack = automationStack();
    stack.create('Short', runbook(sleep('one')));
    const ids = Array.from({ length: 1_100 }, () => stack.start('Short'));
    expect(() => stack.start('Short')).toThrow(
      expect.objectContaining({ code: 'AutomationExecutionLimitExceededException' }),
    );
    const statuses = () => Map.groupBy(ids, (id) => stack.get(id).AutomationExecutionStatus);
    expect(statuses().get('Pending')).toHaveLength(1_000);
    expect(statuses().get('InProgress')).toHaveLength(100);
    await stack.automation.idle();
    expect(statuses().get('Success')).toHaveLength(1_100);
  });

  it('close cancels what hangs, and returns', async () => {
    const stack = automationStack({ Fail: () => new Promise(() => {}) });
    stack.create('Hanging', runbook(failing('stuck')));
    const id = stack.start('Hanging');
    await turn();
    await stack.automation.close();
    expect(stack.get(id).AutomationExecutionStatus).toBe('Cancelled');
    expect(() => stack.start('Hanging')).toThrow();
  });

  it('takes less than 20 ms for three steps in memory', async () => {
    const stack = automationStack({ Fail: () => ({ X: 'y' }) });
    const three = runbook(failing('one'), failing('two'), failing('three'));
    await stack.run(three);
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      await stack.run(three);
      times.push(performance.now() - began);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(20);
  });
});
