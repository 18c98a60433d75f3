import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { JsonObject, RequestContext } from '../../../../../local/service.ts';
import { automationStack, CONTEXT, stepsOf } from './support.ts';

const STEPS = `
  - { name: after, action: 'aws:sleep', inputs: { Duration: PT1S } }`;
const asking = (inputs: string, more = '') => `schemaVersion: '0.3'
mainSteps:
  - name: ask
    action: aws:approve
    ${more}
    inputs: { ${inputs} }${STEPS}`;
const PAUSING = `schemaVersion: '0.3'\nmainSteps:\n  - { name: wait, action: 'aws:pause' }${STEPS}`;
const by = (principalArn: string): RequestContext => ({ ...CONTEXT, principalArn });
const ROLE = 'arn:aws:sts::123456789012:assumed-role/Ops/session';
const code = (expected: string) => expect.objectContaining({ code: expected });

async function waiting(content: string, start: JsonObject = {}) {
  // Real time would end an approval after a week; here nothing moves the clock but its own steps.
  const stack = automationStack(
    { Publish: () => ({}) },
    { now: () => new Date(0), sleep: (_ms, signal) => abort(signal) },
  );
  stack.create('Waiting', content);
  const id = stack.start('Waiting', {}, start);
  const show = () => stack.get(id);
  while (show().AutomationExecutionStatus !== 'Waiting' && show().AutomationExecutionStatus !== 'Failed')
    await turn();
  const send = (SignalType: string, Payload: JsonObject = {}, context?: RequestContext) =>
    stack.call('SendAutomationSignal', { AutomationExecutionId: id, SignalType, Payload }, context);
  return { stack, id, show, send };
}

/** Sleeps until it is cancelled, but lets the step after an approval end at once. */
function abort(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    setImmediate(() => setImmediate(() => (signal?.aborted ? undefined : pending.push(resolve))));
  });
}
const pending: (() => void)[] = [];
async function settle(stack: { automation: { idle(): Promise<void> } }) {
  const idle = stack.automation.idle();
  const timer = setInterval(() => {
    for (const wake of pending.splice(0)) wake();
  }, 1);
  await idle;
  clearInterval(timer);
}

describe('aws:approve', () => {
  it('waits, shows so, and goes on when it is approved', async () => {
    const { stack, show, send } = await waiting(asking('Approvers: [tester], Message: please'));
    const [step] = show().StepExecutions;
    expect(step).toMatchObject({ StepStatus: 'Waiting', Outputs: { ApprovalStatus: ['Waiting'] } });
    expect(stack.bus.events.at(-1)?.detail.Status).toBe('Waiting');
    pending.length = 0;
    expect(send('Approve', { Comment: ['looks good'] })).toEqual({});
    await settle(stack);
    expect(show().AutomationExecutionStatus).toBe('Success');
    expect(show().StepExecutions[0]?.Outputs).toEqual({
      ApprovalStatus: ['Approved'],
      ApproverDecisions: [
        '{"Approver":"tester","Decision":"Approve","Comment":"looks good","Time":"1970-01-01T00:00:00.000Z"}',
      ],
    });
  });

  it('fails when it is rejected', async () => {
    const { stack, show, send } = await waiting(asking('Approvers: [tester]'));
    send('Reject', { Comment: ['too late'] });
    await settle(stack);
    expect(show().AutomationExecutionStatus).toBe('Failed');
    expect(stepsOf(show())).toBe('ask=Failed after=Pending');
    expect(show().FailureMessage).toContain('rejected by tester (too late)');
    expect(show().StepExecutions[0]?.Outputs).toMatchObject({ ApprovalStatus: ['Rejected'] });
  });

  it('counts approvals, one of each approver; the one user here stands in for the others', async () => {
    const { stack, show, send } = await waiting(
      asking(`Approvers: [alice, 'arn:aws:iam::123456789012:role/Ops'], MinRequiredApprovals: 2`),
    );
    send('Approve', {}, by(ROLE));
    expect(() => send('Approve', {}, by(ROLE))).toThrow(/has already decided/);
    expect(show().AutomationExecutionStatus).toBe('Waiting');
    pending.length = 0;
    send('Approve');
    await settle(stack);
    expect(show().AutomationExecutionStatus).toBe('Success');
    const decisions = show().StepExecutions[0]?.Outputs?.ApproverDecisions?.map(
      (text) => JSON.parse(text).Approver,
    );
    expect(decisions).toEqual(['arn:aws:iam::123456789012:role/Ops', 'alice']);
  });

  it('refuses a role that is no approver', async () => {
    const { stack, send } = await waiting(asking('Approvers: [alice]'));
    expect(() => send('Approve', {}, by(ROLE))).toThrow(code('InvalidAutomationSignalException'));
    await stack.automation.close();
  });

  it('asks the topic, and waits also where nobody hears', async () => {
    const told = await waiting(asking('Approvers: [tester], NotificationArn: arn:t, Message: please'));
    expect(told.stack.account.calls[0]).toMatchObject({
      service: 'sns',
      operation: 'Publish',
      input: { TopicArn: 'arn:t' },
    });
    await told.stack.automation.close();
    const stack = automationStack();
    stack.create('Deaf', asking('Approvers: [tester], NotificationArn: arn:t'));
    const id = stack.start('Deaf');
    while (stack.get(id).AutomationExecutionStatus !== 'Waiting') await turn();
    expect(stack.faults).toHaveLength(1);
    await stack.automation.close();
  });

  it.each([
    ['', 604_800],
    ['timeoutSeconds: 60', 60],
  ])('times out (%j)', async (timeout, seconds) => {
    const shown = await automationStack().run(asking('Approvers: [tester]', timeout));
    expect(shown.AutomationExecutionStatus).toBe('TimedOut');
    const [step] = shown.StepExecutions;
    expect(Number(step?.ExecutionEndTime) - Number(step?.ExecutionStartTime)).toBe(seconds * 1000);
  });

  it.each([
    ['Approvers: []', /list of principals/],
    ['Approvers: [a], MinRequiredApprovals: 2', /MinRequiredApprovals has to be 1 to 1/],
    [`Approvers: [${Array(11).fill('a').join()}]`, /10 members at most/],
  ])('fails for %s', async (inputs, message) => {
    expect((await automationStack().run(asking(inputs))).FailureMessage).toMatch(message);
  });

  it('can be cancelled while it waits', async () => {
    const { stack, id, show } = await waiting(asking('Approvers: [tester]'));
    stack.call('StopAutomationExecution', { AutomationExecutionId: id });
    await stack.automation.idle();
    expect(show().AutomationExecutionStatus).toBe('Cancelled');
    expect(stepsOf(show())).toBe('ask=Cancelled after=Pending');
  });
});

describe('SendAutomationSignal', () => {
  it('resumes a pause, named or not', async () => {
    for (const payload of [{}, { StepName: ['wait'] }]) {
      const { stack, show, send } = await waiting(PAUSING);
      pending.length = 0;
      send('Resume', payload);
      await settle(stack);
      expect(show().AutomationExecutionStatus).toBe('Success');
    }
  });

  it('starts the steps of an Interactive execution one by one', async () => {
    const content = `schemaVersion: '0.3'\nmainSteps:\n  - { name: one, action: 'aws:executeAwsApi', inputs: { Service: sns, Api: Publish } }\n  - { name: two, action: 'aws:executeAwsApi', inputs: { Service: sns, Api: Publish } }`;
    const { stack, show, send } = await waiting(content, { Mode: 'Interactive' });
    expect(stack.account.calls).toHaveLength(0);
    send('StartStep', { StepName: ['one'] });
    while (show().StepExecutions[1]?.StepStatus !== 'Waiting') await turn();
    expect(stepsOf(show())).toBe('one=Success two=Waiting');
    expect(() => send('StartStep', { StepName: ['one'] })).toThrow(code('AutomationStepNotFoundException'));
    send('StartStep', { StepName: ['two'] });
    await stack.automation.idle();
    expect(show()).toMatchObject({ AutomationExecutionStatus: 'Success', Mode: 'Interactive' });
  });

  it('stops a step that runs', async () => {
    const { stack, show, send } = await waiting(
      PAUSING.replace("'aws:pause'", "'aws:pause', onFailure: Continue"),
    );
    send('StopStep', { StepExecutionId: [String(show().StepExecutions[0]?.StepExecutionId)] });
    await settle(stack);
    expect(stepsOf(show())).toBe('wait=Cancelled after=Success');
  });

  it.each<[string, string, JsonObject, string]>([
    ['a signal that nothing waits for', 'Approve', {}, 'InvalidAutomationSignalException'],
    ['a step that is not there', 'Resume', { StepName: ['nowhere'] }, 'AutomationStepNotFoundException'],
    ['a step that does not wait', 'Resume', { StepName: ['after'] }, 'AutomationStepNotFoundException'],
    ['StartStep in Auto mode', 'StartStep', { StepName: ['wait'] }, 'InvalidAutomationSignalException'],
    ['Revoke', 'Revoke', {}, 'InvalidAutomationSignalException'],
    ['StopStep without its step', 'StopStep', {}, 'InvalidAutomationSignalException'],
    ['StopStep of no step', 'StopStep', { StepExecutionId: ['x'] }, 'AutomationStepNotFoundException'],
    ['an unknown signal', 'Wave', {}, 'ValidationException'],
  ])('refuses %s', async (_what, type, payload, expected) => {
    const { stack, send } = await waiting(PAUSING);
    expect(() => send(type, payload)).toThrow(code(expected));
    await stack.automation.close();
  });

  it('refuses an execution that has ended, and one that is unknown', async () => {
    const { stack, id, send } = await waiting(PAUSING);
    stack.call('StopAutomationExecution', { AutomationExecutionId: id });
    await stack.automation.idle();
    expect(() => send('Resume')).toThrow(code('InvalidAutomationSignalException'));
    expect(() =>
      stack.call('SendAutomationSignal', {
        AutomationExecutionId: id.replace(/\d$/, 'f'),
        SignalType: 'Resume',
      }),
    ).toThrow(code('AutomationExecutionNotFoundException'));
  });
});
