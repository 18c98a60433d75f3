import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asLiteral, select } from '../../../../../local/ssm/automation/selectors.ts';
import { resolveTokens } from '../../../../../local/ssm/automation/tokens.ts';
import { groupConjunctions } from '../../../../../local/ssm/documents/conjunctions.ts';

const RESPONSE = {
  A: [
    { id: 1, n: 1 },
    { id: 2, n: 2 },
  ],
  B: { C: 'd' },
  'E-F': { 'g:h,*?': 1 },
};

describe('selectors', () => {
  it.each([
    ['$.B.C', { definite: true, value: 'd' }],
    ['$.A[1].id', { definite: true, value: 2 }],
    ["$['E-F']['g:h,*?']", { definite: true, value: 1 }],
    ["$.'E-F'.'g:h,*?'", { definite: true, value: 1 }],
    ["$.A[?(@.'id' == 2)].n", { definite: false, value: [2] }],
    ['$.Nothing', { definite: true, value: undefined }],
    ['$.A[*].id', { definite: false, value: [1, 2] }],
    ['$..id', { definite: false, value: [1, 2] }],
    ['$.A[0:1].id', { definite: false, value: [1] }],
    ['$.A[?(@.n == 2)].id', { definite: false, value: [2] }],
    ['$.A[?@.n == 9].id', { definite: false, value: [] }],
  ])('%s', (selector, found) => {
    expect(select(RESPONSE, selector)).toEqual(found);
  });

  it('hold back what any of many conditions holds back', () => {
    const ids = (filter: string) => select(RESPONSE, `$.A[?${filter}].id`).value;
    expect(ids('@.n == 2 && @.n == 3 && @.n == 2')).toEqual([]);
    expect(ids('@.n == 2 && @.n == 2 && @.id == 2 && @.id == 1')).toEqual([]);
    expect(ids('@.n == 2 && @.n == 2 && @.id == 2 && @.n == 2')).toEqual([2]);
    expect(ids('(@.n == 1 && @.n == 1 && @.n == 2) || @.n == 1 && @.id == 1 && @.n == 1')).toEqual([1]);
  });

  it('agree with JavaScript on any mix of && and ||', () => {
    const operand = fc.boolean();
    fc.assert(
      fc.property(
        operand,
        fc.array(fc.tuple(fc.constantFrom('&&', '||'), operand), { maxLength: 7 }),
        (first, rest) => {
          const value = (is: boolean) => (is ? '@.t == 1' : '@.t == 2');
          const path = `$[?${value(first)}${rest.map(([sign, is]) => ` ${sign} ${value(is)}`).join('')}]`;
          // JavaScript's own precedence is JSONPath's.
          const program = [first, ...rest.flat()].join(' ');
          const expected = program.split(' || ').some((group) => !group.includes('false'));
          expect(select([{ t: 1 }], path).value).toHaveLength(expected ? 1 : 0);
        },
      ),
    );
  });

  it('leave quoted text alone, and end on any input', () => {
    expect(groupConjunctions("$.A[?@.x == 'a && b && c']")).toBe("$.A[?@.x == 'a && b && c']");
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => typeof groupConjunctions(text) === 'string'),
    );
  });

  it('can not be reached into by a value that is filled in', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(select([{ v: text }], `$[?@.v == '${asLiteral(text)}'].v`).value).toEqual([text]);
      }),
    );
  });
});

describe('tokens', () => {
  const scope = (name: string) =>
    new Map<string, unknown>([
      ['a', ['x', 'y']],
      ['b', 'text {{ a }}'],
      ['n', 5],
    ]).get(name);

  it('keep their type alone, and are text among text', () => {
    expect(
      resolveTokens({ one: '{{ a }}', two: 'is {{a}} and {{ n }}', three: ['{{n}}'], four: 7 }, scope),
    ).toEqual({
      one: ['x', 'y'],
      two: 'is ["x","y"] and 5',
      three: [5],
      four: 7,
    });
  });

  it('are not looked for in what they bring in', () => {
    expect(resolveTokens('{{ b }}!', scope)).toBe('text {{ a }}!');
  });

  it('leave the prototype alone', () => {
    const copy = resolveTokens(JSON.parse('{"__proto__":{"polluted":true}}'), scope);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
