import { describe, expect, it } from 'vitest';
import { Decider } from '../../../../cli/backtest/decider.ts';
import { CHECK_ITSELF } from '../../../../shared/domain/finding.ts';
import { flatDetail } from '../../../../shared/sources/envelope.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aFinding, aMappingRow } from '../../../helpers/findings.ts';
import { setOf } from './model.ts';

const SEEN = { key: { high: 1, low: 2 }, check: 0, sent: Date.UTC(2026, 10, 20, 10) };
const GROUP = `{"GroupId": ["$detail['group']"]}`;

function aLazyFinding({ detail = {}, ...changes }: Parameters<typeof aFinding>[0] = {}) {
  const made: string[] = [];
  const finding = {
    ...aFinding({ checkName: 'one', ...changes }),
    detail: () => {
      made.push('detail');
      return detail;
    },
  };
  return { finding, made };
}

/** What came of it, whether it was told then or before. */
function deciderOf(...rows: readonly Readonly<Record<string, unknown>>[]) {
  const decider = new Decider([setOf(rows.map((row) => aMappingRow({ checkName: 'one', ...row })))]);
  const known = new Map<number, string | undefined>();
  return (changes: Parameters<typeof aFinding>[0] = {}, seen = SEEN) => {
    const { number, fresh } = decider.decide(aLazyFinding(changes).finding, seen);
    if (fresh) known.set(number, fresh[0]?.code);
    return known.get(number);
  };
}

describe('deciding about a finding that is seen again', () => {
  it('tells an outcome once', () => {
    const decider = new Decider([setOf([aMappingRow({ checkName: 'one' })])]);
    const { finding } = aLazyFinding();
    const told = [1, 2].map(() => decider.decide(finding, SEEN));
    expect(told).toMatchObject([{ number: 0, fresh: [{ action: 'start' }] }, { number: 0 }]);
    expect(told[1]).toEqual({ number: 0 });
  });

  it('makes no detail for a template that does not ask for it', () => {
    const decider = new Decider([setOf([aMappingRow({ checkName: 'one' })])]);
    const { finding, made } = aLazyFinding();
    decider.decide(finding, SEEN);
    expect(made).toEqual([]);
  });

  it.each([
    ['its detail', { automationParameters: GROUP }, { detail: { group: 'sg-1' } }, 'MAPPED'],
    ['its check', {}, { checkName: 'other' }, 'MAPPING_NOT_FOUND'],
    ['whether there is a resource', {}, { resourceType: CHECK_ITSELF }, 'RESOURCE_UNKNOWN'],
  ] as const)('looks at %s anew', (_, row, changes, code) => {
    const codeOf = deciderOf(row);
    const before = codeOf();
    expect(codeOf(changes)).toBe(code);
    expect(codeOf()).toBe(before);
    expect(before).not.toBe(code);
  });

  it('looks at the time anew, where the mapping has windows', () => {
    const codeOf = deciderOf({ windows: [{ hours: '* 10 * * *', timeZone: 'UTC' }] });
    expect(codeOf()).toBe('MAPPED');
    expect(codeOf({}, { ...SEEN, sent: Date.UTC(2026, 10, 20, 12) })).toBe('WINDOW_CLOSED');
  });

  it('does not take another finding in the same place for it', () => {
    const codeOf = deciderOf({ regexPattern: '(sg-1)' });
    expect(codeOf({ resource: 'sg-1' })).toBe('MAPPED');
    expect(codeOf({ resource: 'sg-2' }, { ...SEEN, key: { high: 2, low: 2 } })).toBe('RESOURCE_NOT_MATCHED');
    expect(codeOf({ resource: 'sg-1' })).toBe('MAPPED');
  });

  it('tells rows of two sets apart, whichever of them it is under and however bad it is', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((checkName) => aMappingRow({ checkName }));
    const other = rows.map((row) => ({ ...row, executionMode: 'notify' }));
    const decider = new Decider([setOf(rows), setOf(other)]);
    const seen: unknown[] = [];
    for (const status of ['Red', 'Yellow'] as const)
      for (const one of 'abcdef')
        for (const two of 'abcdef') {
          const names = { checkName: one, checkAliases: [two] };
          const { number, fresh } = decider.decide(aLazyFinding({ ...names, status }).finding, SEEN);
          if (fresh) seen[number] = fresh.map(({ row }) => row);
          // The more exact name comes first.
          expect(seen[number]).toEqual([two, two]);
        }
  });

  it('says of a detail that cannot be told that the event cannot be read', () => {
    const decider = new Decider([setOf([aMappingRow({ checkName: 'one', automationParameters: GROUP })])]);
    let nested: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    const finding = { ...aFinding({ checkName: 'one' }), detail: () => flatDetail({ nested }) };
    expect(errorOf(() => decider.decide(finding, SEEN))).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining('nested is nested too deeply'),
    });
  });
});
