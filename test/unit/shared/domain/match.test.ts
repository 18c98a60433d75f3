import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchResource } from '../../../../shared/domain/match.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { GROUP_ARN, GROUP_ID } from '../../../helpers/findings.ts';

describe('matchResource', () => {
  it("the use case's pattern finds the group's ID in its ARN", () => {
    expect(matchResource('(sg-\\w+)', GROUP_ARN)).toEqual({
      resourceId: GROUP_ID,
      groups: [GROUP_ID],
      named: {},
    });
  });

  it('resourceId is the first capture group, else the whole match', () => {
    expect(matchResource('sg-\\w+', GROUP_ARN).resourceId).toBe(GROUP_ID);
    expect(matchResource('security-group/(sg-\\w+)', GROUP_ARN).resourceId).toBe(GROUP_ID);
    expect(matchResource('(?:ec2):([^:]+):(\\d+)', GROUP_ARN)).toMatchObject({
      resourceId: 'ap-southeast-2',
      groups: ['ap-southeast-2', '012345678901'],
    });
  });

  it.each(['(?P<id>sg-\\w+)', '(?<id>sg-\\w+)'])('%s names its group', (pattern) => {
    expect(matchResource(pattern, GROUP_ARN).named).toEqual({ id: GROUP_ID });
  });

  it('a group that took no part is empty, never "undefined" or "null"', () => {
    expect(matchResource('(x)?(sg-\\w+)', GROUP_ARN)).toMatchObject({
      resourceId: '',
      groups: [null, GROUP_ID],
    });
  });

  it('a resource that the pattern does not find is a coded error that quotes both', () => {
    const error = errorOf(() => matchResource('vol-\\w+', GROUP_ARN));
    expect(error).toMatchObject({ code: 'RESOURCE_NOT_MATCHED' });
    expect(error.message).toContain('vol-');
    expect(error.message).toContain(GROUP_ARN);
  });

  it('a sentence stays readable, however long the resource is: OpsItems take 20 KB a value', () => {
    const { message } = errorOf(() => matchResource('vol-\\w+', 'x'.repeat(100_000)));
    expect(message.length).toBeLessThan(2000);
  });

  it.each([
    '(',
    '[a',
    'a{2,1}',
    '(?=a)',
    '(?<!a)b',
    '(a)\\1',
    '*',
    'a{1001}',
    '((a{100}){100}){100}',
    '(?P<a>x)(?P<a>y)',
  ])('%s is not RE2', (pattern) => {
    expect(errorOf(() => matchResource(pattern, 'a'))).toMatchObject({ code: 'MAPPING_REGEX_INVALID' });
  });

  it.each(['(a+)+$', '(a|aa)+$', '(a*)*b', '([a-z]+)*\\d', '(.*)(.*)(.*)(.*)(.*)x'])(
    'a catastrophic regex (%s) finishes fast',
    (pattern) => {
      const resource = `${'a'.repeat(20_000)}!`;
      const begin = performance.now();
      errorOf(() => matchResource(pattern, resource));
      // Backtracking would take longer than the universe has been there.
      expect(performance.now() - begin).toBeLessThan(2000);
    },
  );

  it('whatever the pattern, it matches or says with a code why not (property)', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'ab(){}[]?*+|\\^$.<>P:=!1,9-'), maxLength: 14 });
    fc.assert(
      fc.property(pattern, fc.string({ maxLength: 20 }), (regex, resource) => {
        try {
          expect(typeof matchResource(regex, resource).resourceId).toBe('string');
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^(MAPPING_REGEX_INVALID|RESOURCE_NOT_MATCHED)$/),
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
