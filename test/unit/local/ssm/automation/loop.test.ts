import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack, type Shown, stepsOf } from './support.ts';

const NOTE = { action: 'aws:executeAwsApi', inputs: { Service: 's3', Api: 'Note' } };
const note = (name: string, inputs: JsonObject = {}, more: JsonObject = {}) => ({
  name,
  ...NOTE,
  inputs: { ...NOTE.inputs, ...inputs },
  ...more,
});
const document = (...mainSteps: JsonObject[]) =>
  JSON.stringify({
    schemaVersion: '0.3',
    parameters: { Ids: { type: 'StringList', default: ['a', 'b', 'c'] } },
    mainSteps,
  });
const loop = (inputs: JsonObject, more: JsonObject = {}) => ({
  name: 'Each',
  action: 'aws:loop',
  inputs,
  ...more,
});

/** Runs a document against an API that gives each call its number, and fails where it is told to. */
async function run(content: string, fail: (input: JsonObject) => boolean = () => false) {
  let count = 0;
  const stack = automationStack({
    Note: (input) => {
      if (fail(input)) throw new AwsError('Nope', 'no');
      count += 1;
      return { Count: count, Again: count < 3 };
    },
  });
  const shown = await stack.run(content);
  return { stack, shown, inputs: stack.account.calls.map(({ input }) => input) };
}
const nested = (shown: Shown) =>
  shown.StepExecutions.filter((step) => 'ParentStepDetails' in step) as unknown as (JsonObject & {
    // The support's type knows the members of every step only.
    ParentStepDetails: JsonObject;
  })[];

describe('a loop over iterators', () => {
  it('runs its steps once for each, and shows every iteration', async () => {
    const { stack, shown, inputs } = await run(
      document(
        loop({
          Iterators: '{{ Ids }}',
          Steps: [
            note('tell', { Id: '{{ Each.CurrentIteratorValue }}', No: '{{ Each.CurrentIteration }}' }),
            note('again', { Id: 'id {{ loop.CurrentIteratorValue }} of {{loop.CurrentIteration}}' }),
          ],
        }),
        note('after', { Last: '{{ Each.CurrentIteratorValue }}' }),
      ),
    );
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(inputs).toEqual([
      { Id: 'a', No: 1 },
      { Id: 'id a of 1' },
      { Id: 'b', No: 2 },
      { Id: 'id b of 2' },
      { Id: 'c', No: 3 },
      { Id: 'id c of 3' },
      { Last: 'c' },
    ]);
    expect(stepsOf(shown)).toBe(`Each=Success${' tell=Success again=Success'.repeat(3)} after=Success`);
    const [first] = nested(shown);
    const [parent] = shown.StepExecutions;
    expect(first?.ParentStepDetails).toEqual({
      StepExecutionId: parent?.StepExecutionId,
      StepName: 'Each',
      Action: 'aws:loop',
      Iteration: 1,
      IteratorValue: 'a',
    });
    const filtered = (Key: string, value: string) =>
      (
        stack.call('DescribeAutomationStepExecutions', {
          AutomationExecutionId: shown.AutomationExecutionId,
          Filters: [{ Key, Values: [value] }],
        }).StepExecutions as JsonObject[]
      ).length;
    expect(filtered('ParentStepExecutionId', String(parent?.StepExecutionId))).toBe(6);
    expect(filtered('ParentStepIteration', '2')).toBe(2);
    expect(filtered('ParentStepIteratorValue', 'c')).toBe(2);
  });

  it('gives the outputs of all iterations as lists to what comes after', async () => {
    const outputs = [{ Name: 'Count', Selector: '$.Count', Type: 'Integer' }];
    const { inputs } = await run(
      document(
        loop({
          Iterators: ['x', 'y'],
          Steps: [note('tell', {}, { outputs }), note('use', { Own: '{{ tell.Count }}' })],
        }),
        note('after', { All: '{{ tell.Count }}' }),
      ),
    );
    expect(inputs).toEqual([{}, { Own: 1 }, {}, { Own: 3 }, { All: [1, 3] }]);
  });

  it.each<[string, unknown, unknown, unknown]>([
    ['Integer', ['1', 2], undefined, [1, 2]],
    ['Boolean', ['True', false], undefined, [true, false]],
    ['StringMap', ['{"k":"v"}', { k: 'w' }], '.k', ['v', 'w']],
    ['String', [5, 'x'], undefined, ['5', 'x']],
    ['String', [], undefined, []],
  ])('reads iterators of type %s: %j', async (IteratorDataType, Iterators, property, expected) => {
    const Id = `{{ Each.CurrentIteratorValue${property ?? ''} }}`;
    const { inputs, shown } = await run(
      document(loop({ Iterators, IteratorDataType, Steps: [note('tell', { Id })] })),
    );
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(inputs.map((input) => input.Id)).toEqual(expected);
  });

  it.each<[JsonObject, RegExp]>([
    [{ Iterators: ['x'], IteratorDataType: 'Integer' }, /iterator x is not of type Integer/],
    [{ Iterators: '{{ Many }}' }, /101 members.*100 at most/],
    [{ Iterators: ['x'], MaxIterations: '{{ Zero }}' }, /MaxIterations has to be 1 to 100, it is 0/],
  ])('fails for %j', async (inputs, message) => {
    const content = JSON.parse(document(loop({ ...inputs, Steps: [note('tell')] })));
    content.parameters.Many = { type: 'StringList', default: Array(101).fill('x') };
    content.parameters.Zero = { type: 'Integer', default: 0 };
    const { shown } = await run(JSON.stringify(content));
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(shown.FailureMessage).toMatch(message);
  });

  it('stops at MaxIterations', async () => {
    const { inputs, shown } = await run(
      document(loop({ Iterators: '{{ Ids }}', MaxIterations: 2, Steps: [note('tell')] })),
    );
    expect(inputs).toHaveLength(2);
    expect(shown.AutomationExecutionStatus).toBe('Success');
  });

  it('runs loops in loops', async () => {
    const inner = {
      name: 'Inner',
      action: 'aws:loop',
      inputs: {
        Iterators: ['1', '2'],
        Steps: [note('tell', { Id: '{{ Each.CurrentIteratorValue }}{{ loop.CurrentIteratorValue }}' })],
      },
    };
    const { inputs, shown } = await run(
      document(
        loop({
          Iterators: ['a', 'b'],
          Steps: [inner, note('own', { Id: '{{ loop.CurrentIteratorValue }}' })],
        }),
      ),
    );
    expect(inputs.map((input) => input.Id)).toEqual(['a1', 'a2', 'a', 'b1', 'b2', 'b']);
    const once = 'Inner=Success tell=Success tell=Success own=Success';
    expect(stepsOf(shown)).toBe(`Each=Success ${once} ${once}`);
  });
});

describe('a loop with a condition', () => {
  const outputs = [{ Name: 'Again', Selector: '$.Again', Type: 'Boolean' }];
  const again = { Variable: '{{ tell.Again }}', BooleanEquals: true };

  it('looks at it after the steps', async () => {
    const { inputs, shown } = await run(
      document(loop({ LoopCondition: again, Steps: [note('tell', {}, { outputs })] })),
    );
    expect(inputs).toHaveLength(3);
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(shown.StepExecutions[0]?.Outputs).toEqual({ CurrentIteration: ['3'] });
  });

  it('ends well where MaxIterations comes first, and without one after 100', async () => {
    const forever = { Variable: 'a', StringEquals: 'a' };
    const { inputs } = await run(
      document(loop({ LoopCondition: forever, MaxIterations: 5, Steps: [note('tell')] })),
    );
    expect(inputs).toHaveLength(5);
    const endless = await run(document(loop({ LoopCondition: forever, Steps: [note('tell')] })));
    expect(endless.inputs).toHaveLength(100);
    expect(endless.shown.AutomationExecutionStatus).toBe('Success');
  });

  it('takes And, Or and Not', async () => {
    const LoopCondition = {
      And: [again, { Not: { Variable: '{{ Each.CurrentIteration }}', NumericEquals: 2 } }],
    };
    const { inputs } = await run(document(loop({ LoopCondition, Steps: [note('tell', {}, { outputs })] })));
    expect(inputs).toHaveLength(2);
  });
});

describe('the way through a loop', () => {
  it('branches within an iteration, and isEnd ends the iteration', async () => {
    const branch = {
      name: 'choose',
      action: 'aws:branch',
      inputs: {
        Choices: [{ NextStep: 'special', Variable: '{{ Each.CurrentIteratorValue }}', StringEquals: 'b' }],
        Default: 'usual',
      },
    };
    const { inputs } = await run(
      document(
        loop({
          Iterators: '{{ Ids }}',
          Steps: [
            branch,
            note('usual', { Way: 'usual' }, { isEnd: true }),
            note('special', { Way: 'special' }),
          ],
        }),
      ),
    );
    expect(inputs.map((input) => input.Way)).toEqual(['usual', 'special', 'usual']);
  });

  const failing = (more: JsonObject) =>
    loop({ Iterators: '{{ Ids }}', Steps: [note('tell', { Id: '{{ Each.CurrentIteratorValue }}' }, more)] });
  const atB = (input: JsonObject) => input.Id === 'b';

  it('fails where a step of it does, and says in which iteration', async () => {
    const { shown } = await run(document(failing({}), note('after')), atB);
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(stepsOf(shown)).toBe('Each=Failed tell=Success tell=Failed after=Pending');
    expect(shown.FailureMessage).toMatch(/Step tell of iteration 2 failed\..*\(Nope\)/);
  });

  it('goes on where the step says Continue', async () => {
    const { shown } = await run(document(failing({ onFailure: 'Continue' }), note('after')), atB);
    expect(shown.AutomationExecutionStatus).toBe('Success');
    expect(stepsOf(shown)).toBe('Each=Success tell=Success tell=Failed tell=Success after=Success');
  });

  it('leaves for a step outside that onFailure of a step within names', async () => {
    const { shown } = await run(
      document(failing({ onFailure: 'step:clean' }), note('after'), note('clean')),
      atB,
    );
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(stepsOf(shown)).toBe('Each=Failed tell=Success tell=Failed after=Pending clean=Success');
  });

  it('is cancelled at once, and runs onCancel of the step that ran', async () => {
    const stack = automationStack({ Note: () => new Promise(() => {}), Clean: () => ({}) });
    const clean = { ...note('clean', { Api: 'Clean' }) };
    stack.create(
      'Loop',
      document(
        loop(
          { Iterators: '{{ Ids }}', Steps: [note('tell', {}, { onCancel: 'step:clean' })] },
          { isEnd: true },
        ),
        clean,
      ),
    );
    const id = stack.start('Loop');
    while (stack.account.calls.length === 0) await turn();
    stack.call('StopAutomationExecution', { AutomationExecutionId: id });
    await stack.automation.idle();
    expect(stack.get(id).AutomationExecutionStatus).toBe('Cancelled');
    expect(stepsOf(stack.get(id))).toBe('Each=Cancelled tell=Cancelled clean=Success');
  });

  it('times out as a whole, and leaves nothing running', async () => {
    const stack = automationStack();
    const nap = { name: 'nap', action: 'aws:sleep', inputs: { Duration: 'PT50S' } };
    const shown = await stack.run(
      document(loop({ Iterators: '{{ Ids }}', Steps: [nap] }, { timeoutSeconds: 120 })),
    );
    expect(stepsOf(shown)).toBe('Each=TimedOut nap=Success nap=Success nap=Cancelled');
    expect(shown.AutomationExecutionStatus).toBe('TimedOut');
  });

  it('goes in circles within an iteration only so long', async () => {
    const { shown } = await run(
      document(loop({ Iterators: ['x'], Steps: [note('tell', {}, { nextStep: 'tell' })] })),
    );
    expect(shown.AutomationExecutionStatus).toBe('Failed');
    expect(shown.FailureMessage).toMatch(/1000 steps.*goes in circles/);
  });
});
