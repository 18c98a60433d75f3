import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches, targetOf } from '../../../../shared/domain/plan-batches.ts';
import type { RunbookParameters } from '../../../../shared/domain/template.ts';

const ROLE = ['arn:aws:iam::012345678901:role/remediator/a'];
const a = (parameters: RunbookParameters, runbook = 'Doc') => ({ runbook, parameters });
const of = (id: string, more: RunbookParameters = {}) => a({ Id: [id], AutomationAssumeRole: ROLE, ...more });

describe('what starts together', () => {
  it('differs in one value of one parameter', () => {
    const items = ['a', 'b', 'c'].map((id) => of(id));
    expect(planBatches(items)).toEqual({
      batches: [{ runbook: 'Doc', parameter: 'Id', common: { AutomationAssumeRole: ROLE }, members: items }],
      singles: [],
    });
  });

  it.each<[string, readonly ReturnType<typeof a>[]]>([
    ['a single one', [of('a')]],
    ['nothing', []],
    ['those of different runbooks', [of('a'), a({ Id: ['b'], AutomationAssumeRole: ROLE }, 'Other')]],
    ['those that differ in two parameters', [of('a', { Port: ['1'] }), of('b', { Port: ['2'] })]],
    ['those whose parameter has two values', [a({ Ids: ['a', 'b'] }), a({ Ids: ['c', 'd'] })]],
    ['those whose parameter has none', [a({ Ids: [] }), a({ Ids: [] })]],
    ['those that are all the same', [of('a'), of('a')]],
    [
      'those that differ in their role alone',
      [a({ AutomationAssumeRole: ['x'] }), a({ AutomationAssumeRole: ['y'] })],
    ],
    ['those of which one has a parameter more', [of('a'), of('b', { Port: ['1'] })]],
  ])('is not %s', (_, items) => {
    expect(planBatches(items)).toEqual({ batches: [], singles: items });
  });

  it('is by the parameter that puts most of them together', () => {
    const items = [
      of('a', { Port: ['1'] }),
      of('a', { Port: ['2'] }),
      of('b', { Port: ['1'] }),
      of('c', { Port: ['1'] }),
    ];
    const { batches, singles } = planBatches(items);
    expect(batches).toMatchObject([{ parameter: 'Id', members: [items[0], items[2], items[3]] }]);
    expect(singles).toEqual([items[1]]);
  });

  it('is more than one, where they fall apart', () => {
    const items = ['a', 'b'].flatMap((id) => ['1', '2'].map((port) => of(id, { Port: [port] })));
    const { batches, singles } = planBatches(items);
    expect(batches.map(({ members }) => members.length)).toEqual([2, 2]);
    expect(singles).toEqual([]);
  });

  it.each([
    [50, 300],
    [51, 50],
  ])('of values of %i characters at most %i', (length, most) => {
    const items = Array.from({ length: 301 }, (_, n) => of(String(n).padStart(length, 'x')));
    expect(planBatches(items).batches[0]?.members).toHaveLength(most);
  });

  it('leaves nobody out, takes nobody twice, and gives each what it had (property)', () => {
    const letter = fc.constantFrom('a', 'b', 'c', 'd');
    const values = fc.array(letter, { minLength: 1, maxLength: 2 });
    const parameters = fc.dictionary(fc.constantFrom('P', 'Q', 'R'), values, { minKeys: 1 });
    const item = fc.record({ runbook: fc.constantFrom('X', 'Y'), parameters });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const { batches, singles } = planBatches(items);
        const all = [...singles, ...batches.flatMap(({ members }) => members)];
        expect(all).toHaveLength(items.length);
        expect(new Set(all)).toEqual(new Set(items));
        for (const { runbook, parameter, common, members } of batches) {
          expect(members.length).toBeGreaterThan(1);
          const targets = members.map((member) => targetOf(member, parameter));
          expect(new Set(targets).size).toBe(members.length);
          for (const [index, member] of members.entries()) {
            expect(member.runbook).toBe(runbook);
            expect(member.parameters).toEqual({ ...common, [parameter]: [targets[index]] });
          }
        }
      }),
    );
  });
});

it('a target is one value', () => {
  expect(targetOf(of('a'), 'Id')).toBe('a');
  expect(() => targetOf(a({ Id: ['a', 'b'] }), 'Id')).toThrow(TypeError);
  expect(() => targetOf(of('a'), 'No')).toThrow(TypeError);
});
