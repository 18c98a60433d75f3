import { describe, expect, it } from 'vitest';
import {
  exampleValues,
  fillParameters,
  parametersNamedIn,
  settleParameters,
} from '../../../../cli/mappings/pack-parameters.ts';

const named = (name: string) => `\${param:${name}}`;
const declared = {
  Role: { description: 'the role', example: 'arn:aws:iam::111122223333:role/x', pattern: 'arn:.+' },
  Alarm: { description: 'the alarm', example: 'An alarm', default: 'Unauthorized' },
};
const given = (values: object) => new Map(Object.entries(values) as [string, string][]);

describe('fillParameters', () => {
  it('fills in every text, at any depth, and no key', () => {
    const row = {
      checkName: named('A'),
      automationParameters: { [named('A')]: [`x${named('A')}y${named('B')}`] },
      accounts: { include: [named('B')] },
      automationStatus: true,
      maxAttempts: 3,
    };
    expect(fillParameters(row, given({ A: '1', B: '2' }))).toEqual({
      checkName: '1',
      automationParameters: { [named('A')]: ['x1y2'] },
      accounts: { include: ['2'] },
      automationStatus: true,
      maxAttempts: 3,
    });
  });

  it('a dollar of a value stands for itself, in templates too', () => {
    const row = { why: named('A'), automationParameters: { P: [`$resourceId ${named('A')}`] } };
    expect(fillParameters(row, given({ A: '$1 $$' }))).toEqual({
      why: '$1 $$',
      automationParameters: { P: ['$resourceId $$1 $$$$'] },
    });
  });

  it('fills in once: what a value names is text', () => {
    expect(fillParameters(named('A'), given({ A: named('B'), B: 'no' }))).toBe(named('B'));
  });

  it('leaves what has no value', () => {
    expect(fillParameters(named('C'), given({ A: '1' }))).toBe(named('C'));
    expect(parametersNamedIn({ a: [named('C'), 'x'], b: named('D') })).toEqual(['C', 'D']);
  });
});

describe('settleParameters', () => {
  it('takes what was said, else the default', () => {
    const { values, faults } = settleParameters(declared, given({ Role: 'arn:x' }));
    expect(faults).toEqual([]);
    expect(Object.fromEntries(values)).toEqual({ Role: 'arn:x', Alarm: 'Unauthorized' });
  });

  it.each([
    [{}, 'Role is missing: --param Role=arn:aws:iam::111122223333:role/x (the role)'],
    [{ Role: 'x arn:y' }, 'Role is "x arn:y", which does not match arn:.+'],
  ])('%j: %s', (values, fault) => {
    expect(settleParameters(declared, given(values)).faults.join()).toContain(fault);
  });

  it('asks for several in one go, as the shell takes them', () => {
    const several = { A: { description: 'd', example: '1' }, B: { description: 'd', example: 'x y' } };
    expect(settleParameters(several, new Map()).faults).toEqual([
      "A and B are missing; such as --param A=1 --param B='x y'. The pack says what each is",
    ]);
  });

  it('shows an example as a shell takes it', () => {
    const quoted = { A: { description: 'd', example: `{"a":"it's"}` } };
    expect(settleParameters(quoted, new Map()).faults.join()).toContain(`--param A='{"a":"it'\\''s"}'`);
  });
});

describe('exampleValues', () => {
  it('takes what was said, else the example', () => {
    expect(Object.fromEntries(exampleValues(declared, given({ Alarm: 'Mine' })))).toEqual({
      Role: 'arn:aws:iam::111122223333:role/x',
      Alarm: 'Mine',
    });
  });
});
