import { describe, expect, it } from 'vitest';
import { eventTime } from '../../../../../local/ssm/automation/events.ts';
import { automationStack, CONTEXT } from './support.ts';

describe('status events', () => {
  it('have the shape of AWS: InProgress and the end, of the execution and of each step', async () => {
    const { create, start, automation, bus } = automationStack();
    create(
      'Sleeper',
      "schemaVersion: '0.3'\nmainSteps: [{ name: nap, action: 'aws:sleep', inputs: { Duration: PT6S } }]",
    );
    const id = start('Sleeper');
    await automation.idle();
    const envelope = {
      source: 'aws.ssm',
      account: CONTEXT.accountId,
      region: 'us-east-1',
      resources: [
        `arn:aws:ssm:us-east-1:123456789012:automation-execution/${id}`,
        'arn:aws:ssm:us-east-1:123456789012:automation-definition/Sleeper:1',
      ],
    };
    const begun = {
      ExecutionId: id,
      Definition: 'Sleeper',
      DefinitionVersion: 1,
      StartTime: 'Nov 29, 2024 7:43:20 PM',
    };
    const ended = { EndTime: 'Nov 29, 2024 7:43:26 PM', Time: 6000 };
    const execution = 'EC2 Automation Execution Status-change Notification';
    const step = 'EC2 Automation Step Status-change Notification';
    const who = { ExecutedBy: CONTEXT.principalArn };
    const what = { StepName: 'nap', Action: 'aws:sleep' };
    const [t0, t6] = ['2024-11-29T19:43:20Z', '2024-11-29T19:43:26Z'];
    expect(bus.events).toEqual([
      {
        ...envelope,
        time: t0,
        'detail-type': execution,
        detail: { ...begun, ...who, Status: 'InProgress', Time: 0 },
      },
      {
        ...envelope,
        time: t0,
        'detail-type': step,
        detail: { ...begun, ...what, Status: 'InProgress', Time: 0 },
      },
      {
        ...envelope,
        time: t6,
        'detail-type': step,
        detail: { ...begun, ...what, ...ended, Status: 'Success' },
      },
      {
        ...envelope,
        time: t6,
        'detail-type': execution,
        detail: { ...begun, ...who, ...ended, Status: 'Success' },
      },
    ]);
  });

  it('come when GetAutomationExecution already tells the same', async () => {
    const stack = automationStack();
    const seen: unknown[] = [];
    const publish = stack.bus.publish.bind(stack.bus);
    stack.bus.publish = (event) => {
      seen.push([event.detail.Status, stack.get(String(event.detail.ExecutionId)).AutomationExecutionStatus]);
      return publish(event);
    };
    await stack.run(
      "schemaVersion: '0.3'\nmainSteps: [{ name: nap, action: 'aws:sleep', inputs: { Duration: PT6S } }]",
    );
    expect(seen.at(0)).toEqual(['InProgress', 'InProgress']);
    expect(seen.at(-1)).toEqual(['Success', 'Success']);
  });

  it.each([
    ['2024-01-02T00:05:09.900Z', 'Jan 2, 2024 12:05:09 AM'],
    ['2024-12-31T12:00:00Z', 'Dec 31, 2024 12:00:00 PM'],
    ['2024-06-10T23:59:59Z', 'Jun 10, 2024 11:59:59 PM'],
  ])('write %s as %s', (iso, text) => {
    expect(eventTime(new Date(iso))).toBe(text);
  });
});
