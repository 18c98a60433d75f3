import { describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../../../local/clock.ts';
import { ACTIONS } from '../../../../../local/ssm/automation/actions/registry.ts';
import { automationStack, stepsOf } from './support.ts';

const GUIDE = 'Please refer to Automation Service Troubleshooting Guide for more diagnosis details.';

/** A step that finds nothing, one that is passed over, one that fails, and then whatever is written. */
const runbook = (steps: string, more = '') => `schemaVersion: '0.3'
${more}
mainSteps:
  - name: find
    action: aws:executeAwsApi
    inputs: { Service: s3, Api: Describe }
    outputs:
      - { Name: Id, Selector: '$.Groups[0].Id' }
      - { Name: Tag, Selector: "$.Groups[?(@.Key == 'name')].Value" }
      - { Name: Size, Selector: '$.Groups[0].Size', Type: Integer }
      - { Name: Next, Selector: $.NextToken }
      - { Name: Ids, Selector: '$.Groups[*].Id', Type: StringList }
  - { name: past, action: 'aws:sleep', nextStep: broken, inputs: { Duration: PT0S } }
  - { name: skipped, action: 'aws:runCommand', inputs: { DocumentName: x } }
  - { name: broken, action: 'aws:executeAwsApi', onFailure: Continue, inputs: { Service: s3, Api: Fail } }
${steps}`;

const stack = (more = {}, clock?: Clock) =>
  automationStack(
    {
      Describe: () => ({ Groups: [] }),
      Use: () => ({ Id: 'used' }),
      Fail: () => {
        throw new Error('refused');
      },
      ...more,
    },
    clock,
  );

const use = (input: string) =>
  `  - { name: use, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Use, Input: ${input} } }`;

describe('an output without a value', () => {
  it.each([
    ["'{{ find.Id }}'", 'find.Id', 'String', 'the selector $.Groups[0].Id of the step find found nothing'],
    [
      "['a {{ find.Id }}']",
      'find.Id',
      'String',
      'the selector $.Groups[0].Id of the step find found nothing',
    ],
    [
      "'{{ find.Tag }}'",
      'find.Tag',
      'String',
      "the selector $.Groups[?(@.Key == 'name')].Value of the step find found nothing",
    ],
    [
      "{ deep: '{{find.Size}}' }",
      'find.Size',
      'Integer',
      'the selector $.Groups[0].Size of the step find found nothing',
    ],
    ["'{{ find.Next }}'", 'find.Next', 'String', 'the selector $.NextToken of the step find found nothing'],
    ["'{{ skipped.CommandId }}'", 'skipped.CommandId', 'String', 'the step skipped has not run'],
    [
      "'{{ broken.OutputPayload }}'",
      'broken.OutputPayload',
      'String',
      'the step broken gave no output OutputPayload, its status is Failed',
    ],
  ])('fails the step that wants it before any call: %s', async (input, name, type, reason) => {
    const { run, account } = stack();
    const shown = await run(runbook(use(input)));
    expect(account.calls.map(({ operation }) => operation)).toEqual(['Describe', 'Fail']);
    expect(stepsOf(shown)).toBe('find=Success past=Success skipped=Pending broken=Failed use=Failed');
    expect(shown.StepExecutions.at(-1)).toMatchObject({
      FailureMessage: `Step fails when it is validating and resolving the step inputs. Failed to resolve input: ${name} to type ${type}. ${name} is not defined in the Automation Document: the token {{ ${name} }} can't be resolved, ${reason}. ${GUIDE}`,
      FailureDetails: { FailureStage: 'InputValidation' },
    });
    expect(shown.FailureMessage).toBe(shown.StepExecutions.at(-1)?.FailureMessage);
  });

  it('says where a response was too large to be kept whole', async () => {
    const { run } = stack({ Use: () => ({ Long: 'x'.repeat(100_000) }) });
    const shown = await run(
      runbook(`${use('x')}
  - { name: again, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Use, Input: '{{ use.OutputPayload }}' } }`),
    );
    expect(shown.FailureMessage).toContain(
      'the step use gave no output OutputPayload; a response of more than 100 KB is not kept whole',
    );
  });

  it('is an empty list where it is a list, since services leave those out', async () => {
    const { run, account } = stack();
    await run(runbook(use("'{{ find.Ids }}'")));
    expect(account.calls.at(-1)?.input).toEqual({ Input: [] });
  });

  it('can be handled by onFailure, and is not tried again', async () => {
    const { run, account } = stack();
    const shown = await run(
      runbook(`${use("'{{ find.Id }}'").replace('{ name', '{ onFailure: step:rescue, maxAttempts: 5, name')}
  - { name: rescue, action: 'aws:sleep', inputs: { Duration: PT0S } }`),
    );
    expect(stepsOf(shown)).toContain('use=Failed rescue=Success');
    expect(account.calls).toHaveLength(2);
  });

  it('fails the step before its call where only a selector of its own wants it', async () => {
    const { run, account } = stack();
    const shown = await run(
      runbook(`  - name: use
    action: aws:executeAwsApi
    inputs: { Service: s3, Api: Use }
    outputs: [{ Name: Id, Selector: "$.Items[?(@.Id == '{{ find.Id }}')].Name" }]`),
    );
    expect(shown.FailureMessage).toContain('Failed to resolve input: find.Id to type String');
    expect(account.calls).toHaveLength(2);
  });

  it('leaves its token to the Choices of a branch, and to nothing else of it', async () => {
    const choose = (choice: string, fallback: string) => `  - name: choose
    action: aws:branch
    inputs: { Choices: [{ NextStep: there, ${choice} }], Default: ${fallback} }
  - { name: gone, action: 'aws:sleep', isEnd: true, inputs: { Duration: PT0S } }
  - { name: there, action: 'aws:sleep', isEnd: true, inputs: { Duration: PT0S } }`;
    const way = async (choice: string, fallback = 'gone') =>
      stepsOf(await stack().run(runbook(choose(choice, fallback)))).match(/choose=.*/)?.[0];
    const there = 'choose=Success gone=Pending there=Success';
    // Public runbooks ask like this: a Linux instance has no Platform.
    expect(await way("Variable: '{{find.Tag}}', Contains: find.Tag")).toBe(there);
    expect(await way("Variable: '{{ find.Id }}', StringEquals: windows")).toBe(
      'choose=Success gone=Success there=Pending',
    );
    expect(await way("Not: { Variable: '{{ skipped.CommandId }}', StringEquals: x }")).toBe(there);
    expect(await way('Variable: a, StringEquals: a', "'{{ find.Id }}'")).toBe(
      'choose=Failed gone=Pending there=Pending',
    );
  });

  it('is named where a branch can not compare its token', async () => {
    const shown = await stack().run(
      runbook(`  - name: choose
    action: aws:branch
    inputs: { Choices: [{ NextStep: find, Variable: '{{ find.Size }}', NumericGreater: 3 }] }`),
    );
    expect(shown.FailureMessage).toContain(
      '{{ find.Size }} is not a number. {{ find.Size }} has no value: the selector $.Groups[0].Size of the step find found nothing. Please',
    );
  });

  it("shows as AWS's sentence in the document's outputs", async () => {
    const shown = await stack().run(`${runbook(use('x'))}\noutputs: [find.Id, find.Ids]`);
    expect(shown.Outputs).toEqual({
      'find.Id': ['No output available yet because the step is not successfully executed'],
      'find.Ids': [],
    });
  });

  it('fails a loop by its condition, its iterators, or a step of it that finds it no longer', async () => {
    const loop = (inputs: string) => `  - name: again
    action: aws:loop
    inputs:
      ${inputs}
      Steps:
        - name: look
          action: aws:executeAwsApi
          inputs: { Service: s3, Api: Look }
          outputs: [{ Name: Id, Selector: '$.Groups[0].Id' }]
        - { name: change, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Use, Id: '{{ look.Id }}' } }`;
    const tried = async (inputs: string, found: readonly unknown[]) => {
      let count = 0;
      const { run, account } = stack({ Look: () => ({ Groups: [found[count++]].filter(Boolean) }) });
      const { FailureMessage } = await run(runbook(loop(inputs)));
      const used = account.calls.filter(({ operation }) => operation === 'Use').map(({ input }) => input.Id);
      return { FailureMessage, used };
    };
    expect(await tried('Iterators: [a, b]', [{ Id: 'g-1' }])).toEqual({
      FailureMessage: expect.stringMatching(
        /Step change of iteration 2 failed\..*the selector \$\.Groups\[0\]\.Id of the step look found nothing/,
      ),
      used: ['g-1'],
    });
    expect(await tried("Iterators: ['{{ find.Id }}']", [])).toMatchObject({
      FailureMessage: expect.stringContaining('find.Id to type String'),
      used: [],
    });
    expect(
      await tried("LoopCondition: { Variable: '{{ find.Size }}', StringEquals: x }", [{ Id: 'g-1' }]),
    ).toMatchObject({ FailureMessage: expect.stringContaining('find.Size to type Integer'), used: ['g-1'] });
  });

  const script = (body: string, payload: string) =>
    runbook(`  - name: run
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: f
      Script: ${JSON.stringify(`def f(events, context):\n  ${body}`)}
      InputPayload: ${payload}`);

  it('leaves its token to a script, as it is written, which can ask whether there is a value', async () => {
    // Public runbooks hand a script the outputs of steps that ran on one of two ways only.
    const { run, account } = stack({}, systemClock);
    const shown = await run(
      script(
        'return events',
        `
        Id: '{{find.Id}}'
        Deep: [{ Text: 'id {{ skipped.CommandId }}' }, '{{ broken.OutputPayload }}']
        Ids: '{{ find.Ids }}'
        Region: '{{ global:REGION }}'`,
      ),
    );
    expect(stepsOf(shown)).toBe('find=Success past=Success skipped=Pending broken=Failed run=Success');
    expect(JSON.parse(shown.StepExecutions.at(-1)?.Outputs?.Payload?.[0] ?? '')).toEqual({
      Id: '{{find.Id}}',
      Deep: [{ Text: 'id {{ skipped.CommandId }}' }, '{{ broken.OutputPayload }}'],
      Ids: [],
      Region: 'us-east-1',
    });
    expect(account.calls).toHaveLength(2);
  });

  it('is named where a script fails that was given its token', async () => {
    const shown = await stack({}, systemClock).run(
      script('return 1 + events["Id"]', "{ Id: '{{ find.Id }}' }"),
    );
    expect(shown.FailureMessage).toContain(
      '{{ find.Id }} has no value: the selector $.Groups[0].Id of the step find found nothing. Please',
    );
  });

  it("is not left within a script's text, nor what stands for nothing in its payload", async () => {
    const inText = await stack().run(script('print("{{ find.Id }}")', '{}'));
    expect(inText.FailureMessage).toContain('find.Id to type String');
    expect(inText.StepExecutions.at(-1)?.Outputs).toEqual({});
    const unset = await stack().run(
      script('return events', "{ A: '{{ variable:V }}' }").replace(
        'mainSteps:',
        'variables: { V: { type: String } }\nmainSteps:',
      ),
    );
    expect(unset.FailureMessage).toContain('no variable with a value');
  });

  it('is left to the branch and to what a script is given only', () => {
    const lenient = [...ACTIONS.values()].filter(({ lenientInputs }) => lenientInputs !== undefined);
    expect(lenient.map(({ name, lenientInputs }) => [name, lenientInputs])).toEqual([
      ['aws:branch', ['Choices']],
      ['aws:executeScript', ['InputPayload']],
    ]);
  });
});
