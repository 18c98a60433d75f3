import { describe, expect, it } from 'vitest';
import { evaluateChoice } from '../../../../../local/ssm/automation/actions/branch-operators.ts';
import { automationStack } from './support.ts';

describe('aws:branch', () => {
  it.each([
    [{ Variable: 'a', StringEquals: 'a' }, true],
    [{ Variable: [], StringEquals: '[]' }, true],
    [{ Variable: 'A', EqualsIgnoreCase: 'a' }, true],
    [{ Variable: 'abc', StartsWith: 'ab' }, true],
    [{ Variable: 'abc', EndsWith: 'ab' }, false],
    [{ Variable: 'abc', Contains: 'b' }, true],
    [{ Variable: '5', NumericEquals: 5 }, true],
    [{ Variable: 5, NumericGreater: 5 }, false],
    [{ Variable: 5, NumericGreaterOrEquals: 5 }, true],
    [{ Variable: 4, NumericLesser: 5 }, true],
    [{ Variable: 6, NumericLesserOrEquals: 5 }, false],
    [{ Variable: 'True', BooleanEquals: true }, true],
    [
      {
        And: [
          { Variable: 'a', StringEquals: 'a' },
          { Variable: 'a', StringEquals: 'b' },
        ],
      },
      false,
    ],
    [
      {
        Or: [
          { Variable: 'a', StringEquals: 'x' },
          { Variable: 'a', StringEquals: 'a' },
        ],
      },
      true,
    ],
    [{ Not: { Variable: 'a', StringEquals: 'a' } }, false],
    [{ Not: [{ Variable: 'a', StringEquals: 'b' }] }, true],
  ])('%j is %s', (choice, holds) => {
    expect(evaluateChoice({ NextStep: 'x', ...choice })).toBe(holds);
  });

  it.each([
    { Variable: 'a' },
    { Variable: 'a', Equals: 'a' },
    { Variable: 'a', StringEquals: 'a', Contains: 'a' },
    { StringEquals: 'a' },
    { Variable: 'x', NumericEquals: 5 },
    { Variable: '', NumericEquals: 0 },
    { Variable: 'yes', BooleanEquals: true },
    { And: [] },
    { Or: 'a' },
  ])('refuses %j', (choice) => {
    expect(() => evaluateChoice(choice)).toThrow(/inputs are not valid/);
  });

  it('goes to the first choice that holds, to Default, or on', async () => {
    const { run } = automationStack();
    const content = (mode: string, fallback: string) => `schemaVersion: '0.3'
mainSteps:
  - name: choose
    action: aws:branch
    inputs:
      Choices: [{ NextStep: second, Variable: ${mode}, StringEquals: b }, { NextStep: third, Variable: ${mode}, StringEquals: c }]
      ${fallback}
  - { name: first, action: 'aws:sleep', isEnd: true, inputs: { Duration: PT1S } }
  - { name: second, action: 'aws:sleep', isEnd: true, inputs: { Duration: PT1S } }
  - { name: third, action: 'aws:sleep', isEnd: true, inputs: { Duration: PT1S } }`;
    const ran = async (mode: string, fallback = '') =>
      (await run(content(mode, fallback))).StepExecutions.find(
        (step) => step.StepName !== 'choose' && step.StepStatus === 'Success',
      )?.StepName;
    expect(await ran('c')).toBe('third');
    expect(await ran('x', 'Default: second')).toBe('second');
    expect(await ran('x')).toBe('first');
  });
});
