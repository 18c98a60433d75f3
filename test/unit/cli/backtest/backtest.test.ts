import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backtest, type BacktestOptions } from '../../../../cli/backtest/backtest.ts';
import { ChunkReader, type ReaderSetting } from '../../../../cli/backtest/chunk-reader.ts';
import { cutLines } from '../../../../cli/backtest/cut-lines.ts';
import { kindOf } from '../../../../cli/backtest/tally.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { anEvent, Model, setOf } from './model.ts';

const origin = { account: '111122223333', region: 'eu-west-1', now: new Date('2026-11-20T10:00:00Z') };
const minute = (number: number) => new Date(Date.UTC(2026, 10, 20, 9, number)).toISOString();

/** Without threads: two readers in turn, chunks of so many bytes. */
async function play(
  events: readonly unknown[],
  options: BacktestOptions & Pick<ReaderSetting, 'sets'>,
  chunkBytes = 700,
): Promise<Backtest> {
  const backtest = new Backtest(options);
  const readers = [1, 2].map(() => new ChunkReader({ sets: options.sets, origin }));
  const text = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n');
  async function* bytes() {
    yield Buffer.from(text);
  }
  let turn = 0;
  for await (const chunk of cutLines(bytes(), { chunkBytes })) {
    const reader = readers[turn++ % 2];
    if (!('lines' in chunk) || !reader) throw new Error('no chunk');
    backtest.take(reader.read(chunk.lines), reader);
  }
  return backtest;
}

/** As Model counts. */
function countsOf({ tally }: Backtest, set = 0): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { groups, startedLater } of tally.checks.values()) {
    for (const { outcomes, count } of groups.values()) {
      const outcome = outcomes[set];
      if (!outcome) throw new Error('no outcome');
      const name = `${kindOf(outcome)} ${outcome.code}`;
      counts[name] = (counts[name] ?? 0) + count;
    }
    const later = startedLater[set] ?? 0;
    if (later > 0) counts.later = (counts.later ?? 0) + later;
  }
  return counts;
}

const optional = <Value>(value: Value) => fc.option(fc.constant(value), { nil: undefined, freq: 3 });

/** Rows that differ in all that has a say offline. */
const row = fc
  .record({
    executionMode: fc.constantFrom(
      'automatic',
      'automatic',
      'automatic',
      'approval',
      'dryRun',
      'notify',
      'off',
    ),
    maxPerHour: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    maxConcurrent: optional(1),
    stopAfter: optional({ findings: 3, withinMinutes: 30 }),
    coolDownSeconds: optional(3600),
    loop: optional({ times: 1, withinHours: 2 }),
    windows: optional([{ hours: '* 10 * * *', timeZone: 'UTC' }]),
    requiredTags: optional(['team=a']),
    resourcePattern: optional({ exclude: 'sg-2' }),
    regexPattern: fc.constantFrom('(sg-\\w+)', '(sg-[01])'),
    automationParameters: optional('{"GroupId": ["$detail[\'group\']"]}'),
  })
  .map((changes) => Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));

const rows = fc
  .tuple(row, row)
  .map(([one, other]) => [
    aMappingRow({ checkName: 'one', ...one }),
    aMappingRow({ checkName: 'other', ...other }),
  ]);

const event = fc
  .record({
    check: fc.constantFrom('one', 'one', 'other', 'none'),
    resource: fc.constantFrom('sg-0', 'sg-1', 'sg-2'),
    status: fc.constantFrom('Red', 'Red', 'Yellow', 'Green'),
    time: fc.integer({ min: 0, max: 180 }).map(minute),
    group: optional('sg-3'),
  })
  .map(anEvent);

/** Mostly in order, as records are. */
const recording = fc
  .array(event, { maxLength: 40 })
  .chain((events) =>
    fc
      .boolean()
      .map((isOrdered) => (isOrdered ? events.toSorted((a, b) => (a.time < b.time ? -1 : 1)) : events)),
  );

describe('a backtest', () => {
  it('counts what deciding about one event after the other would', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        rows,
        recording,
        fc.integer({ min: 200, max: 3000 }),
        async (a, b, events, bytes) => {
          const sets = [setOf(a), setOf(b)];
          const backtest = await play(events, { sets }, bytes);
          for (const [index, set] of sets.entries()) {
            const model = new Model(set);
            for (const each of events) await model.take(each);
            expect(countsOf(backtest, index)).toEqual(model.counts());
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
