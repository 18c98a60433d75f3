import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { automationStack, stepsOf } from './support.ts';

const HANGING = `schemaVersion: '0.3'
mainSteps:
  - name: work
    action: aws:executeAwsApi
    onCancel: step:cleanUp
    inputs: { Service: ec2, Api: Work }
    isEnd: true
  - name: never
    action: aws:sleep
    inputs: { Duration: PT1S }
  - name: cleanUp
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: CleanUp }
    isEnd: true`;

async function begun(cleanUp: () => unknown = () => ({})) {
  const release = Promise.withResolvers<unknown>();
  const stack = automationStack({ Work: () => release.promise, CleanUp: cleanUp });
  stack.create('Hanging', HANGING);
  const id = stack.start('Hanging');
  await turn();
  const stop = (type?: string) =>
    stack.call('StopAutomationExecution', { AutomationExecutionId: id, ...(type && { Type: type }) });
  return { stack, id, stop, release };
}

describe('StopAutomationExecution', () => {
  it('cancels the step that runs, and runs its onCancel step', async () => {
    const { stack, id, stop } = await begun();
    expect(stop()).toEqual({});
    expect(stack.get(id).AutomationExecutionStatus).toBe('Cancelling');
    await stack.automation.idle();
    expect(stack.get(id).AutomationExecutionStatus).toBe('Cancelled');
    expect(stepsOf(stack.get(id))).toBe('work=Cancelled never=Pending cleanUp=Success');
    expect(stack.bus.events.at(-1)?.detail.Status).toBe('Canceled');
  });

  it('gives onCancel steps two minutes', async () => {
    const { stack, id, stop } = await begun(() => new Promise(() => {}));
    const before = stack.clock.now().getTime();
    stop('Cancel');
    await stack.automation.idle();
    expect(stack.get(id).AutomationExecutionStatus).toBe('Cancelled');
    expect(stack.clock.now().getTime() - before).toBeLessThanOrEqual(120_000);
  });

  it('completes: lets the step end and begins no other', async () => {
    const stack = automationStack();
    stack.create(
      'Two',
      `schemaVersion: '0.3'\nmainSteps:\n  - { name: one, action: 'aws:sleep', inputs: { Duration: PT1S } }\n  - { name: two, action: 'aws:sleep', inputs: { Duration: PT1S } }`,
    );
    const id = stack.start('Two');
    stack.call('StopAutomationExecution', { AutomationExecutionId: id, Type: 'Complete' });
    await stack.automation.idle();
    expect(stepsOf(stack.get(id))).toBe('one=Success two=Pending');
    expect(stack.get(id).AutomationExecutionStatus).toBe('Success');
  });

  it('refuses an execution that has ended, one that is unknown, and an unknown type', async () => {
    const { stack, stop, release } = await begun();
    expect(() => stop('Abort')).toThrow(expect.objectContaining({ code: 'ValidationException' }));
    release.resolve({});
    await stack.automation.idle();
    expect(() => stop()).toThrow(expect.objectContaining({ code: 'InvalidAutomationStatusUpdateException' }));
    const unknown = { AutomationExecutionId: '00000000-0000-4000-8000-999999999999' };
    expect(() => stack.call('StopAutomationExecution', unknown)).toThrow(
      expect.objectContaining({ code: 'AutomationExecutionNotFoundException' }),
    );
  });
});
