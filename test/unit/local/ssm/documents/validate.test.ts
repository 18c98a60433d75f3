import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateDocument } from '../../../../../local/ssm/documents/validate.ts';

const HEAD = "schemaVersion: '0.3'\n";
const SLEEP = "{ name: nap, action: 'aws:sleep', inputs: { Duration: PT1S } }";
const steps = (...lines: string[]) => `${HEAD}mainSteps:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`;
const api = (name: string, more: string) =>
  `{ name: ${name}, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: ListBuckets }, ${more} }`;

/** `line:column code message` of each fault; a warning in brackets. */
function faultsOf(text: string, format?: 'YAML' | 'JSON'): string[] {
  return validateDocument(text, format).faults.map(({ line, column, code, message, severity }) => {
    const fault = `${line}:${column} ${code} ${message}`;
    return severity === 'warning' ? `(${fault})` : fault;
  });
}
/** The text up to a mark that is taken out, as line and column. */
function marked(text: string): { text: string; place: string } {
  const before = text.slice(0, text.indexOf('§')).split('\n');
  return { text: text.replace('§', ''), place: `${before.length}:${(before.at(-1)?.length ?? 0) + 1} ` };
}

describe('validateDocument', () => {
  it('gives the runbook of a document without errors', () => {
    const { faults, runbook } = validateDocument(steps(SLEEP));
    expect(faults).toEqual([]);
    expect(runbook?.steps.map(({ name }) => name)).toEqual(['nap']);
  });

  it.each<[string, string, RegExp]>([
    [
      'an unknown action',
      steps("{ name: a, action: §'aws:explode' }"),
      /^UnknownAction step a: there is no action aws:explode/,
    ],
    [
      'an unknown next step',
      steps(SLEEP, api('a', 'nextStep: §gone')),
      /^UnknownStep step a: nextStep names a step gone/,
    ],
    [
      'an unknown step on failure',
      steps(api('a', "onFailure: §'step:gone'")),
      /^UnknownStep step a: onFailure/,
    ],
    ['an unknown step on cancel', steps(api('a', "onCancel: §'step:gone'")), /^UnknownStep step a: onCancel/],
    ['onFailure that means nothing', steps(api('a', 'onFailure: §Retry')), /^InvalidEvent/],
    [
      'a branch to nowhere',
      steps(
        "{ name: a, action: 'aws:branch', inputs: { Choices: [{ Variable: x, StringEquals: x, NextStep: §gone }] } }",
      ),
      /^UnknownStep step a: inputs\.Choices\.0\.NextStep/,
    ],
    [
      'a branch with a comparison that is none',
      steps(
        "{ name: a, action: 'aws:branch', inputs: { Choices: [{ Variable: x, §Equals: x, NextStep: a }] } }",
      ),
      /^InvalidChoice/,
    ],
    [
      'such a comparison within And and Not',
      steps(
        "{ name: a, action: 'aws:branch', inputs: { Choices: [{ NextStep: a, And: [{ Variable: x, StringEquals: x }, { Not: { Variable: x, §Equal: x } }] }] } }",
      ),
      /^InvalidChoice/,
    ],
    [
      'an Or of one',
      steps(
        "{ name: a, action: 'aws:branch', inputs: { Choices: [{ NextStep: a, Or: §[{ Variable: x, StringEquals: x }] }] } }",
      ),
      /^InvalidChoice.*at least two/,
    ],
    [
      'an output name that is reserved',
      steps(
        "{ name: a, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: f }, outputs: [{ Name: §LogResult, Selector: '$.X' }] }",
      ),
      /^ReservedOutput/,
    ],
    ['two steps of one name', steps(SLEEP, SLEEP.replace('nap', '§nap')), /^DuplicateStep/],
    ['isEnd with nextStep', steps(api('a', 'isEnd: true, nextStep: §a')), /^EndWithNextStep/],
    [
      'a name with a space',
      steps("{ name: §'a b', action: 'aws:pause' }"),
      /^InvalidShape mainSteps\.0\.name/,
    ],
    ['an unknown property of a step', steps(api('a', '§onFailur: Abort')), /^UnknownProperty.*onFailur/],
    [
      'an unknown property of the document',
      `${HEAD}§mainStep: []\nmainSteps: [${SLEEP}]`,
      /^UnknownProperty.*mainStep/,
    ],
    [
      'a missing input',
      steps("{ name: a, action: 'aws:executeAwsApi', §inputs: { Service: s3 } }"),
      /^MissingInput.*Api/,
    ],
    [
      'a missing input of a step without any',
      steps("§{ name: a, action: 'aws:approve' }"),
      /^MissingInput.*Approvers/,
    ],
    [
      'an undefined parameter',
      steps("{ name: a, action: 'aws:sleep', inputs: { Duration: §'{{ Time }}' } }"),
      /^UndefinedToken.*the parameter "Time" is not declared/,
    ],
    [
      'a token of a step that is not there',
      steps(
        api('a', 'description: x, nextStep: b'),
        "{ name: b, action: 'aws:sleep', inputs: { Duration: §'x{{ c.D }}' } }",
      ),
      /^UndefinedToken.*no step c/,
    ],
    [
      'a token of an output that is not there',
      steps(api('a', 'nextStep: b'), "{ name: b, action: 'aws:sleep', inputs: { Duration: §'{{ a.D }}' } }"),
      /^UndefinedToken.*step a has no output D/,
    ],
    [
      'an undefined variable',
      steps("{ name: a, action: 'aws:sleep', inputs: { Duration: §'{{ variable:d }}' } }"),
      /^UndefinedToken.*no variable d/,
    ],
    [
      'an undefined global',
      steps("{ name: a, action: 'aws:sleep', inputs: { Duration: §'{{ global:MOON }}' } }"),
      /^UndefinedToken.*no global:MOON/,
    ],
    [
      'an undefined role',
      `${HEAD}assumeRole: §'{{ Role }}'\nmainSteps: [${SLEEP}]`,
      /^UndefinedToken.*assumeRole/,
    ],
    [
      'a token in a list',
      steps("{ name: a, action: 'aws:createTags', inputs: { ResourceIds: [x, §'{{ I }}'], Tags: [] } }"),
      /^UndefinedToken/,
    ],
    [
      'a type that is none',
      `${HEAD}parameters: { A: { type: §Text } }\nmainSteps: [${SLEEP}]`,
      /^UnknownType/,
    ],
    [
      'a default of another type',
      `${HEAD}parameters: { A: { type: Integer, default: §x } }\nmainSteps: [${SLEEP}]`,
      /^WrongType parameters\.A/,
    ],
    [
      'a variable of another type',
      `${HEAD}variables: { A: { type: Boolean, default: §5 } }\nmainSteps: [${SLEEP}]`,
      /^WrongType variables\.A/,
    ],
    [
      'an output of no type',
      steps(api('a', "outputs: [{ Name: X, Selector: '$.X', Type: §Text }]")),
      /^UnknownType/,
    ],
    [
      'a selector that does not parse',
      steps(api('a', "outputs: [{ Name: X, Selector: §'$.X[' }]")),
      /^InvalidSelector/,
    ],
    [
      'such a property selector',
      steps(
        "{ name: a, action: 'aws:assertAwsResourceProperty', inputs: { Service: s3, Api: X, PropertySelector: §'$..', DesiredValues: [x] } }",
      ),
      /^InvalidSelector/,
    ],
    ['an output of a step that is not there', `${steps(SLEEP)}outputs: [§gone.Out]`, /^UnknownOutput.*gone/],
    [
      'an output of a variable that is not there',
      `${steps(SLEEP)}outputs: [§'variable:constructor']`,
      /^UnknownOutput/,
    ],
    ['no steps', `${HEAD}mainSteps: §[]`, /^InvalidShape mainSteps/],
    ['another schema', "schemaVersion: §'2.2'\nmainSteps: []", /^InvalidDocumentSchemaVersion/],
    [
      'a loop without anything to go by',
      steps("{ name: a, action: 'aws:loop', inputs: §{ Steps: [{ name: b, action: 'aws:pause' }] } }"),
      /^InvalidLoop/,
    ],
    [
      'a loop too long',
      steps(
        "{ name: a, action: 'aws:loop', inputs: { Iterators: [x], MaxIterations: §101, Steps: [{ name: b, action: 'aws:pause' }] } }",
      ),
      /^InvalidLoop/,
    ],
    [
      'a wrong step in a loop',
      steps(
        "{ name: a, action: 'aws:loop', inputs: { Iterators: [x], Steps: [{ name: b, action: 'aws:pause', nextStep: §c }] } }",
      ),
      /^UnknownStep/,
    ],
    [
      'an unknown property of a step in a loop',
      steps(
        "{ name: a, action: 'aws:loop', inputs: { Iterators: [x], Steps: [{ name: b, action: 'aws:pause', §next: c }] } }",
      ),
      /^UnknownProperty/,
    ],
    ['a dangerous key', `${HEAD}§__proto__: {}\nmainSteps: [${SLEEP}]`, /^InvalidKey/],
  ])('places %s', (_what, written, expected) => {
    const { text, place } = marked(written);
    const faults = faultsOf(text).filter((fault) => !fault.startsWith('('));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.slice(0, place.length)).toBe(place);
    expect(faults[0]?.slice(place.length)).toMatch(expected);
    expect(validateDocument(text).runbook).toBeUndefined();
  });

  it.each<[string, string, RegExp]>([
    [
      'a step that nothing leads to',
      steps(api('a', 'isEnd: true'), SLEEP.replace('nap', '§nap')),
      /^UnreachableStep/,
    ],
    [
      'an input that the action has not',
      steps("{ name: a, action: 'aws:pause', inputs: { §Why: x } }"),
      /^UnknownInput/,
    ],
    ['an output never produced', `${steps(SLEEP)}outputs: [§nap.Out]`, /^UnknownOutput.*never produced/],
    [
      'a default that is a number for a text',
      `${HEAD}parameters: { A: { type: String, default: §5 } }\nmainSteps: [${SLEEP}]`,
      /^WrongType/,
    ],
    [
      'a default that is not allowed',
      `${HEAD}parameters: { A: { type: String, default: §c, allowedValues: [a] } }\nmainSteps: [${SLEEP}]`,
      /^WrongDefault/,
    ],
    [
      'a pattern that nobody understands',
      `${HEAD}parameters: { A: { type: String, allowedPattern: §'(?!a)\\p{Alnum}++[' } }\nmainSteps: [${SLEEP}]`,
      /^InvalidPattern/,
    ],
    [
      'a name with an underscore',
      `${HEAD}parameters: { §A_b: { type: String } }\nmainSteps: [${SLEEP}]`,
      /^InvalidName/,
    ],
    [
      'a key that comes twice',
      `${HEAD}description: a\n§description: b\nmainSteps: [${SLEEP}]`,
      /^InvalidSyntax/,
    ],
  ])('warns of %s', (_what, written, expected) => {
    const { text, place } = marked(written);
    const [fault, ...more] = faultsOf(text);
    expect(more).toEqual([]);
    expect(fault?.slice(1, place.length + 1)).toBe(place);
    expect(fault?.slice(place.length + 1)).toMatch(expected);
    expect(validateDocument(text).runbook).toBeDefined();
  });

  it.each(['[]', 'x', '[x]', '[[]]'])('refuses %s as the steps of a loop', (written) => {
    const loop = `{ name: a, action: 'aws:loop', inputs: { Iterators: [x], Steps: ${written} } }`;
    expect(faultsOf(steps(loop))).toEqual([expect.stringContaining('InvalidLoop')]);
  });

  it('looks into loops as deep as they go', () => {
    const nest = (depth: number): string =>
      depth === 0
        ? "{ name: end, action: 'aws:nope' }"
        : `{ name: l${depth}, action: 'aws:loop', inputs: { Iterators: [x], Steps: [${nest(depth - 1)}] } }`;
    expect(faultsOf(steps(nest(14)))).toEqual([expect.stringContaining('UnknownAction')]);
    expect(faultsOf(steps(nest(40)))).toEqual([expect.stringContaining('TooDeep')]);
  });

  it('finds all faults at once, in the order of the text', () => {
    const text = `${HEAD}parameters: { A: { type: Text } }
mainSteps:
  - name: one
    action: aws:explode
    nextStep: two
  - name: one
    action: aws:sleep
    inputs: { Duration: '{{ B }}' }
outputs: [gone.X]`;
    expect(validateDocument(text).faults.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 UnknownType',
      '5 UnknownAction',
      '6 UnknownStep',
      '7 DuplicateStep',
      '7 UnreachableStep',
      '9 UndefinedToken',
      '10 UnknownOutput',
    ]);
  });

  it('places faults in JSON, tabs and all', () => {
    const text =
      '{\n\t"schemaVersion": "0.3",\n\t"mainSteps": [\n\t\t{ "name": "a", "action": "aws:nope" }\n\t]\n}';
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^4:28 UnknownAction/)]);
    expect(faultsOf(text, 'JSON')).toEqual(faultsOf(text));
  });

  it.each<[string, string, 'YAML' | 'JSON' | undefined, RegExp]>([
    ['broken YAML', 'a: "x', 'YAML', /^\d+:\d+ InvalidSyntax The document is not YAML/],
    ['broken JSON', '{\n  "a": 1,\n}', 'JSON', /^3:1 InvalidSyntax The document is not JSON/],
    ['JSON that ends too early', '{ "a": [', undefined, /^1:\d+ InvalidSyntax/],
    ['YAML for JSON', HEAD, 'JSON', /^1:1 InvalidSyntax/],
    ['a list', '[]', undefined, /^1:1 InvalidShape/],
    ['nothing', '', undefined, /^1:1 InvalidShape/],
    ['64 KB', `${steps(SLEEP)}# ${'x'.repeat(65_536)}`, undefined, /^1:1 MaxDocumentSizeExceeded/],
    ['depth', `a: ${'['.repeat(60)}${']'.repeat(60)}`, 'YAML', /^1:\d+ TooDeep/],
  ])('refuses %s', (_what, text, format, expected) => {
    expect(faultsOf(text, format)).toEqual([expect.stringMatching(expected)]);
  });

  it('refuses a YAML bomb at once', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`);
    const began = performance.now();
    expect(faultsOf(['l0: &l0 [x]', ...levels].join('\n'))).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('never throws, whatever it is given', () => {
    const base = steps(
      SLEEP,
      api('a', "outputs: [{ Name: X, Selector: '$.X' }]"),
      "{ name: l, action: 'aws:loop', inputs: { Iterators: [x], Steps: [{ name: b, action: 'aws:pause' }] } }",
    );
    const edits = fc.array(
      fc.tuple(fc.nat(base.length), fc.nat(6), fc.string({ maxLength: 6, unit: 'grapheme' })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(edits, fc.constantFrom(undefined, 'YAML' as const, 'JSON' as const), (list, format) => {
        let text = base;
        for (const [at, length, inserted] of list)
          text = text.slice(0, at) + inserted + text.slice(at + length);
        const { faults, runbook } = validateDocument(text, format);
        expect(faults.some(({ severity }) => severity === 'error')).toBe(runbook === undefined);
        for (const { line, column } of faults) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for data of any shape', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.constantFrom('mainSteps', 'parameters', 'variables', 'outputs', 'files'),
        (json, key) => {
          const text = `{"schemaVersion":"0.3","mainSteps":[{"name":"a","action":"aws:branch","inputs":{"Choices":${json}}}],"${key}":${json}}`;
          expect(() => validateDocument(text)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what people write, and AWS accepts', () => {
  it.each([
    [
      'anchors and merges',
      `${HEAD}mainSteps:\n  - &base { name: a, action: 'aws:sleep', inputs: { Duration: PT1S } }\n  - { <<: *base, name: b }`,
    ],
    ['a schemaVersion without quotes', `schemaVersion: 0.3\nmainSteps: [${SLEEP}]`],
    [
      'dashes on a line of their own',
      `${HEAD}mainSteps:\n  -\n    name: nap\n    action: 'aws:sleep'\n    inputs:\n      Duration: PT1S`,
    ],
    ['comments and document marks', `# c\n---\n${HEAD}mainSteps: [${SLEEP}]\n...\n`],
    [
      'flags and numbers as strings',
      steps(api('a', "isEnd: 'true', isCritical: 'False', maxAttempts: '3', timeoutSeconds: '60'")),
    ],
    [
      'a default from Parameter Store, in a block',
      `${HEAD}parameters:\n  Key:\n    type: String\n    default: >-\n      {{ssm:/a/b}}\n    allowedPattern: '^(?:(?i:key)|alias/.+)$'\nmainSteps: [${SLEEP}]`,
    ],
    [
      'a default of another service',
      `${HEAD}parameters: { Id: { type: String, default: '{{TARGET_ID}}' } }\nmainSteps: [${SLEEP}]`,
    ],
    [
      'a default with system variables',
      `${HEAD}parameters: { Role: { type: String, default: 'arn:aws:iam::{{ global:ACCOUNT_ID }}:role/x' } }\nmainSteps: [${SLEEP}]`,
    ],
    [
      'lookaround in patterns',
      `${HEAD}parameters: { A: { type: String, allowedPattern: '(?=^.{3,63}$)(?!^(\\d+\\.)+\\d+$)(^[a-z]+$)' } }\nmainSteps: [${SLEEP}]`,
    ],
    ['a selector of everything', steps(api('a', "outputs: [{ Name: X, Selector: '$', Type: StringMap }]"))],
    ['a selector without a root', steps(api('a', 'outputs: [{ Name: X, Selector: Items.Status }]'))],
    [
      'a selector with dashes and a filter',
      steps(
        api('a', 'outputs: [{ Name: X, Selector: "$.my-key[?(@.Key==\'Name\')].Value", Type: StringList }]'),
      ),
    ],
    [
      'a selector with a dot before a bracket',
      steps(api('a', "outputs: [{ Name: X, Selector: '$.Items.[0].Id' }]")),
    ],
    [
      'scripts with braces of their own',
      steps(
        "{ name: a, action: 'aws:executeScript', inputs: { Runtime: python3.11, Handler: h, Script: \"f'{{x: {{{y}}}}}'; '{{.State}}'\" } }",
        "{ name: b, action: 'aws:executeScript', inputs: { Runtime: python3.11, Handler: h, Script: ['def h(e, c):', \"  return f'{{x}}'\"] } }",
      ),
    ],
    [
      'outputs of nested loops and lists',
      steps(
        "{ name: l, action: 'aws:loop', inputs: { Iterators: [x], Steps: [{ name: b, action: 'aws:runCommand', inputs: { DocumentName: '{{ l.CurrentIteratorValue }}' } }] } }",
        "{ name: c, action: 'aws:sleep', inputs: { Duration: '{{ b.Output }}' } }",
      ),
    ],
    [
      'a token of a property',
      steps(
        api('a', "outputs: [{ Name: M, Selector: '$.M', Type: StringMap }]"),
        "{ name: b, action: 'aws:sleep', inputs: { Duration: '{{ a.M.Key }}' } }",
      ),
    ],
    [
      'a branch in a map of choices with Or and Not',
      steps(
        "{ name: a, action: 'aws:branch', inputs: { Choices: [{ Or: [{ Variable: x, StringEquals: y }, { Not: { Variable: x, StringEquals: y } }], NextStep: nap }], Default: nap } }",
        SLEEP,
      ),
    ],
    [
      'files with checksums',
      `${HEAD}files: { 'a.zip': { checksums: { sha256: abc } } }\nmainSteps: [${SLEEP}]`,
    ],
    [
      'files with checksums and sizes',
      `${HEAD}files: { 'a.zip': { checksums: { sha256: abc }, size: 4913 } }\nmainSteps: [${SLEEP}]`,
    ],
    [
      'a selector with a name in quotes after a dot',
      steps(api('a', `outputs: [{ Name: X, Selector: "$.Outputs.'first.Id'[0]" }]`)),
    ],
    [
      'AWS types of parameters',
      `${HEAD}parameters: { Id: { type: 'List<AWS::EC2::Instance::Id>' }, Role: { type: 'AWS::IAM::Role::Arn', default: '' } }\nmainSteps: [${SLEEP}]`,
    ],
    [
      'outputs as tokens',
      `${steps("{ name: a, action: 'aws:runCommand', inputs: { DocumentName: x } }")}outputs: ['{{ a.Output }}']`,
    ],
  ])('%s', (_what, text) => {
    expect(faultsOf(text).filter((fault) => !fault.startsWith('('))).toEqual([]);
  });
});
