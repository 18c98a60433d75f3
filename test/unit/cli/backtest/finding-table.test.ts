import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FindingTable } from '../../../../cli/backtest/finding-table.ts';
import { keyOf, SightingsList } from '../../../../cli/backtest/sightings.ts';
import type { Finding } from '../../../../shared/domain/finding.ts';
import { FakeCheckStore } from '../../../helpers/fakes-check-store.ts';
import { aFinding } from '../../../helpers/findings.ts';

const NO_MARKS = 0;
const T0 = Date.UTC(2026, 10, 20);
const at = (second: number) => new Date(T0 + second * 1000);

function sightingsOf(findings: readonly Finding[]) {
  const list = new SightingsList();
  for (const finding of findings)
    list.push(finding, { key: keyOf(finding), sent: finding.observedAt.getTime(), check: 0, outcome: 0 });
  return list.copy();
}

function trackAll(table: FindingTable, findings: readonly Finding[], marks = NO_MARKS) {
  const sightings = sightingsOf(findings);
  return findings.map((_, index) => {
    table.reserve(1);
    return table.track(sightings, index, marks);
  });
}

const newsOf = (table: FindingTable, findings: readonly Finding[]) =>
  trackAll(table, findings).map(({ news }) => news);

const resource = (number: number) => ({ resource: `sg-${number}` });
const status = fc.constantFrom('Red', 'Yellow', 'Green');
const second = fc.integer({ min: 0, max: 4 });
/** Of two findings, one of which is ordered by another time than it was seen. */
const sighting = fc.oneof(
  fc.record({ status, second }).map((said) => aFinding({ status: said.status, observedAt: at(said.second) })),
  fc.record({ status, second, seen: second }).map((said) =>
    aFinding({
      status: said.status,
      observedAt: at(said.seen),
      orderedAt: at(said.second),
      source: 'aws.other',
    }),
  ),
);

describe('findings in mind', () => {
  it('tells news and episodes as CheckTrackerTable does, in whichever order events come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sighting, { maxLength: 30 }), async (findings) => {
        const store = new FakeCheckStore();
        const expected: string[] = [];
        for (const finding of findings) {
          const episodes = sumOf(store);
          const outcome = await store.track(finding);
          expected.push(outcome === 'stale' ? outcome : sumOf(store) > episodes ? 'episode' : 'newer');
        }
        expect(newsOf(new FindingTable(100), findings)).toEqual(expected);
      }),
    );
  });

  it('keeps many apart while it grows', () => {
    const table = new FindingTable(100_000);
    const findings = Array.from({ length: 5000 }, (_, number) => aFinding(resource(number)));
    expect(new Set(newsOf(table, findings))).toEqual(new Set(['episode']));
    expect(new Set(newsOf(table, findings))).toEqual(new Set(['stale']));
    expect(table.forgotten).toEqual({ green: 0, open: 0 });
  });

  it('parts of a finding keep their borders', () => {
    const table = new FindingTable(10);
    const one = aFinding({ source: 'a', checkName: 'bc' });
    const other = aFinding({ source: 'ab', checkName: 'c' });
    expect(newsOf(table, [one, other])).toEqual(['episode', 'episode']);
  });

  it('Red again is to be decided while something waits, and after Green nothing does', () => {
    const table = new FindingTable(10);
    const red = (time: number) => aFinding({ status: 'Red', observedAt: at(time) });
    const [first] = trackAll(table, [red(1)], 0b11);
    expect(newsOf(table, [red(2)])).toEqual(['again']);
    table.mark(first?.row ?? 0, 0b10);
    expect(table.marksOf(first?.row ?? 0)).toBe(0b10);
    expect(newsOf(table, [red(3)])).toEqual(['again']);
    table.mark(first?.row ?? 0, 0);
    expect(newsOf(table, [red(4)])).toEqual(['newer']);
    table.mark(first?.row ?? 0, 0b1);
    trackAll(table, [aFinding({ status: 'Green', observedAt: at(5) })]);
    expect(table.marksOf(first?.row ?? 0)).toBe(0);
  });

  it('forgets Green ones first, then those that were not seen for longest', () => {
    const table = new FindingTable(8);
    const finding = (number: number, changes: Partial<Finding> = {}) =>
      aFinding({ ...resource(number), observedAt: at(number), ...changes });
    newsOf(
      table,
      [0, 1, 2, 3].map((number) => finding(number, { status: 'Green' })),
    );
    newsOf(
      table,
      [4, 5, 6, 7].map((number) => finding(number)),
    );
    newsOf(table, [finding(8)]);
    expect(table.forgotten).toEqual({ green: 4, open: 0 });
    expect(
      newsOf(
        table,
        [4, 5, 6, 7, 8].map((number) => finding(number)),
      ),
    ).toEqual(Array(5).fill('stale'));
    newsOf(
      table,
      [9, 10, 11, 12].map((number) => finding(number)),
    );
    expect(table.forgotten).toEqual({ green: 4, open: 4 });
    expect(
      newsOf(
        table,
        [9, 10, 11, 12].map((number) => finding(number)),
      ),
    ).toEqual(Array(4).fill('stale'));
    expect(newsOf(table, [finding(4)])).toEqual(['episode']);
  });
});

function sumOf(store: FakeCheckStore): number {
  return [...store.rows.values()].reduce((sum, { episode }) => sum + episode, 0);
}
