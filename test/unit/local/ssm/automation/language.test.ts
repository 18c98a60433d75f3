import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { asText, resolveTokens } from '../../../../../local/ssm/automation/tokens.ts';
import { automationStack, stepsOf } from './support.ts';

const runbook = (head: string, ...steps: string[]) =>
  `schemaVersion: '0.3'\n${head}\nmainSteps:\n${steps.map((step) => `  - ${step}`).join('\n')}`;
const say = (name: string, inputs: string) =>
  `{ name: ${name}, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Say, ${inputs} } }`;
const set = (name: string, inputs: string) =>
  `{ name: ${name}, action: 'aws:updateVariable', inputs: { ${inputs} } }`;
const inputsOf = (stack: ReturnType<typeof automationStack>) => stack.account.calls.map(({ input }) => input);

describe('variables', () => {
  const VARIABLES =
    "parameters: { P: { type: String, default: pp } }\nvariables: { S: { type: String, default: 'a {{ P }}' }, L: { type: StringList, default: [x] }, I: { type: Integer, default: 1 }, M: { type: StringMap, default: { k: { n: v } } }, E: { type: String } }";

  it('have defaults and types, and change', async () => {
    const stack = automationStack({ Say: () => ({}) });
    const shown = await stack.run(
      `${runbook(
        VARIABLES,
        say('one', "S: '{{ variable:S }}', L: '{{variable:L}}', K: '{{ variable:M.k.n }}'"),
        set('two', "Name: 'variable:L', Value: ['{{ variable:S }}', z]"),
        set('three', "Name: 'variable:I', Value: 5"),
        say('four', "L: '{{ variable:L }}', I: '{{ variable:I }}'"),
      )}\noutputs: ['variable:L', 'variable:E']`,
    );
    expect(inputsOf(stack)).toEqual([
      { S: 'a pp', L: ['x'], K: 'v' },
      { L: ['a pp', 'z'], I: 5 },
    ]);
    expect(shown).toMatchObject({
      AutomationExecutionStatus: 'Success',
      Variables: { S: ['a pp'], L: ['a pp', 'z'], I: ['5'] },
      Outputs: { 'variable:L': ['a pp', 'z'] },
    });
  });

  it.each([
    ["Name: 'variable:I', Value: '5'", /"?5"? is not of the type of variable I, which is Integer/],
    ["Name: 'variable:L', Value: x", /not of the type of variable L, which is StringList/],
    [
      "Name: 'variable:{{ global:REGION }}', Value: x",
      /no variable us-east-1\. Its variables: S, L, I, M, E/,
    ],
  ])('refuse %s', async (inputs, message) => {
    const shown = await automationStack().run(runbook(VARIABLES, set('bad', inputs)));
    expect(shown.FailureMessage).toMatch(message);
  });

  it('without a value can not be used', async () => {
    const shown = await automationStack().run(runbook(VARIABLES, say('one', "E: '{{ variable:E }}'")));
    expect(shown.FailureMessage).toContain("{{ variable:E }} can't be resolved");
  });
});

describe('tokens', () => {
  const values = new Map<string, unknown>([
    ['L', ['a', 'b']],
    ['E', []],
    ['M', { k: 1 }],
    ['N', 5],
  ]);
  it.each([
    ['{{ L }}', ['a', 'b']],
    [['{{ L }}'], ['a', 'b']],
    [
      ['x', '{{L}}', '{{ E }}', '{{ N }}'],
      ['x', 'a', 'b', 5],
    ],
    [[['{{ L }}']], [['a', 'b']]],
    [{ deep: [{ list: ['{{ L }}'], map: '{{ M }}' }] }, { deep: [{ list: ['a', 'b'], map: { k: 1 } }] }],
    ['is {{ N }} {{ M }}', 'is 5 {"k":1}'],
    ['{{.Names}} {{ a b }} {{}}', '{{.Names}} {{ a b }} {{}}'],
  ])('%j become %j', (written, expected) => {
    expect(resolveTokens(written, (name) => values.get(name))).toEqual(expected);
  });

  it('read properties of maps, own ones only', async () => {
    const map = { a: { b: { c: 'deep' } } };
    const step = (inputs: string) => runbook('parameters: { M: { type: StringMap } }', say('one', inputs));
    const run = async (token: string) => {
      const stack = automationStack({ Say: () => ({}) });
      const shown = await stack.run(step(`X: '{{ ${token} }}'`), { M: [JSON.stringify(map)] });
      return inputsOf(stack)[0]?.X ?? shown.FailureMessage;
    };
    expect(await run('M.a.b.c')).toBe('deep');
    expect(await run('M.a.b')).toEqual({ c: 'deep' });
    expect(await run('M.a.x')).toMatch(/can't be resolved/);
    expect(await run('M.constructor.name')).toMatch(/can't be resolved/);
  });

  it('show values as text', () => {
    expect([asText('a'), asText(5), asText(['a'])]).toEqual(['a', '5', '["a"]']);
  });
});

describe('parameters', () => {
  it('take system variables as defaults, and leave those of other services', async () => {
    const stack = automationStack({ Say: () => ({}) });
    const shown = await stack.run(
      runbook(
        "parameters: { R: { type: String, default: 'arn:aws:iam::{{global:ACCOUNT_ID}}:role/x', allowedPattern: 'arn:.*' }, E: { type: String, default: 'e-{{ automation:EXECUTION_ID }}' }, T: { type: String, default: '{{TARGET_ID}}' } }",
        say('one', "R: '{{ R }}', E: '{{ E }}', T: '{{ T }}'"),
      ),
    );
    expect(inputsOf(stack)).toEqual([
      { R: 'arn:aws:iam::123456789012:role/x', E: `e-${shown.AutomationExecutionId}`, T: '{{TARGET_ID}}' },
    ]);
  });

  const refused = (definition: string, ...given: string[]) => {
    const stack = automationStack();
    stack.create('Doc', runbook(`parameters: { P: ${definition} }`, say('one', "P: '{{ P }}'")));
    return () => stack.start('Doc', { P: given });
  };
  it.each<[string, string[], RegExp]>([
    [
      '{ type: String, allowedValues: [Install, Uninstall] }',
      ['install'],
      /Parameter "P" has value "install" not found in \[Install, Uninstall\]/,
    ],
    ["{ type: String, allowedPattern: '(?!aws).*' }", ['aws-x'], /allowed pattern/],
    ["{ type: String, allowedPattern: '(?=a)(a+)+b' }", ['a'.repeat(60)], /allowed pattern/],
    ['{ type: Integer }', ['1.5'], /has to be of type Integer/],
    ["{ type: Integer, allowedPattern: '^[1-9]$|^1\\d$' }", ['20'], /value "20", .* allowed pattern/],
    ['{ type: Boolean }', ['yes'], /has to be of type Boolean/],
    ['{ type: MapList }', ['[1]'], /has to be of type MapList/],
    ['{ type: StringMap }', ['{'], /has to be of type StringMap/],
    ['{ type: StringList, maxItems: 1 }', ['a', 'b'], /1 at most/],
    ['{ type: String, minChars: 3 }', ['ab'], /3 at least/],
    ["{ type: 'AWS::EC2::Instance::Id' }", ['sg-12345678'], /not an AWS::EC2::Instance::Id/],
  ])('%s refuses %j', (definition, given, message) => {
    expect(refused(definition, ...given)).toThrow(message);
  });

  it('match lookaround and backreferences', () => {
    expect(refused("{ type: String, allowedPattern: '(?!aws)[a-z]+' }", 'mine')).not.toThrow();
    expect(refused("{ type: String, allowedPattern: '(a|b)\\1' }", 'bb')).not.toThrow();
    expect(refused("{ type: Integer, allowedPattern: '^[1-9]$|^1\\d$' }", '19')).not.toThrow();
  });

  it('take code points beyond the first plane, in ranges and with lookahead', () => {
    const names =
      "{ type: String, allowedPattern: '^[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF]{1,3}$' }";
    expect(refused(names, 'a😀b')).not.toThrow();
    expect(refused(names, 'abcd')).toThrow(/allowed pattern/);
    const letters = "{ type: String, allowedPattern: '(?!x)\\p{L}+' }";
    expect(refused(letters, 'ü𐐀')).not.toThrow();
    expect(refused(letters, 'p{L}')).toThrow(/allowed pattern/);
  });
});

describe('limits', () => {
  it('a response that is too large fails its step, and its step only', async () => {
    const stack = automationStack({ Say: () => ({ Body: 'x'.repeat(6_000_000) }) });
    const shown = await stack.run(runbook('', say('one', '').replace('} }', '}, onFailure: Continue }')));
    expect(stepsOf(shown)).toBe('one=Failed');
    expect(shown.StepExecutions[0]?.FailureMessage).toContain(
      'The response of the Say operation is too large',
    );
    expect(shown.AutomationExecutionStatus).toBe('Success');
  });

  it('gives the whole response as OutputPayload', async () => {
    const stack = automationStack({ Say: () => ({ A: { B: 'c' } }) });
    await stack.run(runbook('', say('one', ''), say('two', "X: '{{ one.OutputPayload.A.B }}'")));
    expect(inputsOf(stack)[1]).toEqual({ X: 'c' });
  });

  it('200 executions at once all end, in turns', async () => {
    const stack = automationStack({ Say: () => ({}) });
    stack.create('Many', runbook('', ...Array.from({ length: 5 }, (_, i) => say(`s${i}`, ''))));
    const ids = Array.from({ length: 200 }, () => stack.start('Many'));
    for (let i = 0; i < 4; i++) await turn();
    const begun = ids.filter((id) =>
      stack.get(id).StepExecutions.some(({ StepStatus }) => StepStatus === 'Success'),
    );
    expect(begun).toHaveLength(100);
    await stack.automation.idle();
    expect(ids.map((id) => stack.get(id).AutomationExecutionStatus)).toEqual(Array(200).fill('Success'));
  });
});
