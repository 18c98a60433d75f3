import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { ExecutionView, StepView } from '../../../../cli/runbook/execution-view.ts';
import { LiveView } from '../../../../cli/runbook/live-view.ts';
import { StepWatcher } from '../../../../cli/runbook/step-watcher.ts';

const START = new Date('2024-11-29T19:43:20.000Z');

function step(name: string, status: string, more: Partial<StepView> = {}): StepView {
  const end = ['Success', 'Failed'].includes(status)
    ? { ExecutionEndTime: new Date(START.getTime() + 1200) }
    : {};
  return {
    StepName: name,
    Action: 'aws:executeAwsApi',
    StepStatus: status,
    StepExecutionId: name,
    Inputs: {},
    ExecutionStartTime: START,
    ...end,
    ...more,
  };
}

/** What is shown of executions that change as told: one list of steps after the other. */
function show(looks: readonly { id?: string; parent?: string; steps: readonly StepView[] }[], columns = 60) {
  const shown: string[] = [];
  const flashed: string[] = [];
  const screen = {
    columns,
    print: (line: string) => shown.push(line),
    flash: (line: string) => flashed.push(line),
  };
  const view = new LiveView(screen, { verbose: false, signalUrl: () => 'http://127.0.0.1:1' });
  const executions = new Map<string, ExecutionView>();
  const watcher = new StepWatcher(
    (id) => {
      const execution = executions.get(id);
      if (execution === undefined) throw new Error(`no execution ${id}`);
      return execution;
    },
    (change) => view.show(change),
  );
  for (const { id = 'own', parent, steps } of looks) {
    executions.set(id, {
      AutomationExecutionId: id,
      AutomationExecutionStatus: 'InProgress',
      DocumentName: 'd',
      StepExecutions: steps,
      Outputs: {},
      ExecutionStartTime: START,
      ...(parent === undefined ? {} : { ParentAutomationExecutionId: parent }),
    });
    watcher.look(id);
  }
  return { shown: shown.map(stripVTControlCharacters), flashed };
}

test('shows a step once, when it has ended, and flashes it before', () => {
  const { shown, flashed } = show([
    { steps: [step('A', 'InProgress'), step('B', 'Pending')] },
    {
      steps: [
        step('A', 'Success', {
          Inputs: { Service: '"ec2"', Api: '"X"', N: '1' },
          Outputs: { O: ['a', 'b'] },
        }),
      ],
    },
    { steps: [step('A', 'Success'), step('B', 'Failed', { FailureMessage: 'it \u001b[2Jfailed' })] },
  ]);
  expect(shown).toEqual([
    '  ✓ A  aws:executeAwsApi  Success  1.2 s',
    '      inputs  ec2:X  N: 1',
    '      outputs O: a, b',
    '  ✗ B  aws:executeAwsApi  Failed  1.2 s',
    '      it \ufffd[2Jfailed',
  ]);
  expect(flashed).toEqual(['  ▸ A  aws:executeAwsApi …']);
});

test('indents the steps of a loop, and gives the loop a line when it begins', () => {
  const loop = { Action: 'aws:loop' };
  const inner = { ParentStepDetails: { StepExecutionId: 'Loop', Iteration: 2, IteratorValue: 'x' } };
  const { shown } = show([
    { steps: [step('Loop', 'InProgress', loop)] },
    { steps: [step('Loop', 'InProgress', loop), step('In', 'InProgress', inner)] },
    { steps: [step('Loop', 'InProgress', loop), step('In', 'Success', inner)] },
    { steps: [step('Loop', 'Success', loop), step('In', 'Success', inner)] },
  ]);
  expect(shown).toEqual([
    '  ▸ Loop  aws:loop',
    '    ✓ In [2: x]  aws:executeAwsApi  Success  1.2 s',
    '  ✓ Loop  aws:loop  Success  1.2 s',
  ]);
});

test('indents the steps of another execution', () => {
  const parent = step('Call', 'InProgress', { Action: 'aws:executeAutomation' });
  const { shown } = show([
    { steps: [parent] },
    { id: 'child', parent: 'own', steps: [step('In', 'InProgress')] },
    { id: 'child', parent: 'own', steps: [step('In', 'Success')] },
  ]);
  expect(shown).toEqual(['  ▸ Call  aws:executeAutomation', '    ✓ In  aws:executeAwsApi  Success  1.2 s']);
});

test('keeps values within the columns', () => {
  const { shown } = show([{ steps: [step('A', 'Success', { Inputs: { Long: 'x'.repeat(200) } })] }], 40);
  expect(shown[1]).toHaveLength(40);
  expect(shown[1]).toMatch(/^ {6}inputs {2}Long: x+…$/);
});

test('says how to go on where a step waits for a signal', () => {
  const { shown } = show([{ steps: [step('Ask', 'Waiting', { Action: 'aws:approve' })] }]);
  expect(shown.join('\n')).toContain(
    'send-automation-signal --region us-east-1 --endpoint-url http://127.0.0.1:1 --automation-execution-id own --signal-type Approve',
  );
});
