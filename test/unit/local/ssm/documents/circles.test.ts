import { describe, expect, it } from 'vitest';
import { validateDocument } from '../../../../../local/ssm/documents/validate.ts';

type Step = Readonly<Record<string, unknown>>;

const nap = (name: string, more: Step = {}): Step => ({
  name,
  action: 'aws:sleep',
  inputs: { Duration: 'PT1S' },
  ...more,
});
const branch = (name: string, to: string, more: Step = {}): Step => ({
  name,
  action: 'aws:branch',
  inputs: { Choices: [{ NextStep: to, Variable: '{{ P }}', StringEquals: 'x' }], ...more },
});
const loop = (...Steps: readonly Step[]): Step => ({
  name: 'l',
  action: 'aws:loop',
  inputs: { Iterators: ['a'], Steps },
});

/** Code and message of what is said about the steps. */
function faultsOf(...mainSteps: readonly Step[]): string[] {
  const document = { schemaVersion: '0.3', parameters: { P: { type: 'String' } }, mainSteps };
  const { faults, runbook } = validateDocument(JSON.stringify(document));
  expect(runbook).toBeDefined();
  return faults.map(({ code, message, severity }) => `${severity} ${code}: ${message}`);
}

const circle = (first: string, steps = first) =>
  `warning EndlessCircle: step ${first}: the steps go in a circle (${steps}) that only a failure ends`;

describe('a circle without end', () => {
  it.each<[string, readonly Step[], string[]]>([
    ['of one step', [nap('a', { nextStep: 'a' })], [circle('a')]],
    ['of two', [nap('a', { nextStep: 'b' }), nap('b', { nextStep: 'a' })], [circle('a', 'a, b')]],
    ['that steps lead into', [nap('x'), nap('a'), nap('b', { nextStep: 'a' })], [circle('a', 'a, b')]],
    [
      'that branches lead around in',
      [nap('a'), branch('b', 'a', { Default: 'c' }), nap('c', { nextStep: 'a' })],
      [circle('a', 'a, b')],
    ],
    [
      'that onFailure closes, and each of two',
      [
        branch('x', 'a', { Default: 'c' }),
        nap('a', { nextStep: 'b', onFailure: 'step:b' }),
        nap('b', { nextStep: 'a' }),
        nap('c', { nextStep: 'c' }),
      ],
      [circle('a', 'a, b'), circle('c')],
    ],
    ['within a loop', [loop(nap('a', { nextStep: 'a' })), nap('z')], [circle('a')]],
  ])('is warned of: %s', (_what, steps, expected) => {
    expect(faultsOf(...steps)).toEqual(expected);
  });

  it.each<[string, readonly Step[]]>([
    ['a branch leads out', [nap('a'), branch('b', 'c', { Default: 'a' }), nap('c')]],
    ['a branch without Default is last', [nap('a'), branch('b', 'a')]],
    ['a failure is handled outside', [nap('a', { nextStep: 'a', onFailure: 'step:z' }), nap('z')]],
    ['a step of it is the end', [nap('a'), branch('b', 'c', { Default: 'a' }), nap('c', { isEnd: true })]],
    ['a loop is left for a step outside', [loop(nap('a'), branch('b', 'z', { Default: 'a' })), nap('z')]],
    [
      'a branch goes where a parameter says',
      [nap('a'), branch('b', '{{ P }}', { Default: 'a' }), nap('c', { isEnd: true })],
    ],
  ])('is none where %s', (_what, steps) => {
    expect(faultsOf(...steps).filter((fault) => fault.includes('EndlessCircle'))).toEqual([]);
  });
});

describe('a text that is nested too deeply for its parser', () => {
  it.each([
    ['lists', `a: ${'['.repeat(9000)}${']'.repeat(9000)}`],
    ['lists that are not closed', `a: ${'['.repeat(9000)}`],
    ['block lists', `a:\n${'- '.repeat(9000)}x`],
    ['keys', `${'? '.repeat(9000)}x`],
  ])('is told so, and nothing else: %s', (_what, text) => {
    expect(validateDocument(text).faults).toMatchObject([
      { message: 'It is nested more than 50 levels deep', code: 'TooDeep', severity: 'error' },
    ]);
  });
});
