import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCheckStore } from '../../../shared/aws/check-store.ts';
import { type Finding, findingIdOf, type Status } from '../../../shared/domain/finding.ts';
import type { CheckStore } from '../../../shared/ports.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock } from '../../helpers/fakes.ts';
import { FakeCheckStore } from '../../helpers/fakes-check-store.ts';
import { aFinding } from '../../helpers/findings.ts';

// One suite, held to the adapter and to the fake that the unit tests rely on.

const at = (ms: number) => new Date(Date.UTC(2024, 4, 13, 4, 8, 32, 0) + ms);

let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

const TARGETS = [
  { target: 'in memory', skip: undefined, create: (): CheckStore => new FakeCheckStore() },
  {
    target: `dynoxide${dynoxideMissing ? ` (${dynoxideMissing})` : ''}`,
    skip: dynoxideMissing,
    create: (): CheckStore =>
      createCheckStore({
        client: tables.client,
        tableName: tables.checkTrackerTable,
        clock: new FakeClock(),
      }),
  },
];

describe.each(TARGETS)('CheckStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  /** A finding of its own, and what is stored of it. */
  function aStory() {
    const store = create();
    const resource = `arn:aws:s3:::${randomUUID()}`;
    const findingId = findingIdOf(aFinding({ resource }));
    return {
      track: (status: Status, ms: number, detail: Record<string, string | null> = { ms: String(ms) }) =>
        store.track(aFinding({ resource, status, observedAt: at(ms), detail })),
      say: (finding: Partial<Finding>) => store.track(aFinding({ resource, ...finding })),
      stored: () => store.get(findingId),
      findingId,
    };
  }

  test('nothing is stored of a finding that was never tracked', async () => {
    expect(await aStory().stored()).toBeUndefined();
  });

  test('gives back what was tracked, milliseconds and nulls too', async () => {
    const { track, stored, findingId } = aStory();
    expect(await track('Red', 687, { Region: 'x', 'Snapshot Name': null, empty: '' })).toBe('written');
    expect(await stored()).toMatchObject({
      findingId,
      status: 'Red',
      account: '012345678901',
      region: 'ap-southeast-2',
      resourceType: 'ec2:security-group',
      observedAt: at(687),
      episode: 1,
      detail: { Region: 'x', 'Snapshot Name': null, empty: '' },
    });
  });

  test('a stale Red does not overwrite a newer Green', async () => {
    const { track, stored } = aStory();
    await track('Green', 1000);
    expect(await track('Red', 999)).toBe('stale');
    expect(await stored()).toMatchObject({ status: 'Green', observedAt: at(1000), detail: { ms: '1000' } });
  });

  test('two updates within one second: milliseconds count', async () => {
    const { track, stored } = aStory();
    await track('Red', 100);
    expect(await track('Green', 101)).toBe('written');
    expect(await stored()).toMatchObject({ status: 'Green', observedAt: at(101) });
  });

  test('a duplicate changes nothing', async () => {
    const { track, stored } = aStory();
    await track('Red', 1);
    const before = await stored();
    expect(await track('Red', 1, { other: 'detail' })).toBe('stale');
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['Red', 'Yellow'],
    ['Red', 'Green'],
    ['Yellow', 'Green'],
  ] as const)('equal time, %s and %s: the worse counts, in either order', async (worse, milder) => {
    const one = aStory();
    await one.track(worse, 5);
    expect(await one.track(milder, 5)).toBe('stale');
    const two = aStory();
    await two.track(milder, 5);
    expect(await two.track(worse, 5)).toBe('written');
    for (const { stored } of [one, two]) expect(await stored()).toMatchObject({ status: worse, episode: 1 });
  });

  test('an episode begins where Red or Yellow follows Green or nothing', async () => {
    const { track, stored } = aStory();
    const episodes: (number | undefined)[] = [];
    const story = 'Green Yellow Red Red Green Green Red Yellow Green Yellow'.split(' ') as Status[];
    for (const [ms, status] of story.entries()) {
      await track(status, ms);
      episodes.push((await stored())?.episode);
    }
    expect(episodes).toEqual([0, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
  });

  test('a stale event does not begin an episode', async () => {
    const { track, stored } = aStory();
    await track('Red', 1);
    await track('Green', 10);
    await track('Red', 2);
    await track('Red', 20);
    expect(await stored()).toMatchObject({ episode: 2 });
  });

  test('50 writers at once: the newest stands, whoever was last', async () => {
    const { track, stored } = aStory();
    const order = Array.from({ length: 50 }, (_, index) => (index * 37) % 50);
    const outcomes = await Promise.all(order.map((ms) => track(ms % 2 === 0 ? 'Red' : 'Green', ms)));
    expect(outcomes).toContain('written');
    expect(await stored()).toMatchObject({ status: 'Green', observedAt: at(49) });
  });

  test('50 copies at once are written once', async () => {
    const { track } = aStory();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => track('Red', 1)));
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
  });

  test('keys like __proto__ and constructor in the detail do no harm', async () => {
    const { track, stored } = aStory();
    expect(await track('Red', 1, JSON.parse('{"__proto__":"x","constructor":"y","a":"z"}'))).toBe('written');
    expect(await stored()).toMatchObject({ status: 'Red', detail: { constructor: 'y', a: 'z' } });
  });

  describe('a source that says anew what it saw long ago', () => {
    const seen = at(-3_600_000);

    test('is ordered by when it said so, and tells when it saw it', async () => {
      const { say, stored } = aStory();
      await say({ status: 'Red', observedAt: seen, orderedAt: at(1000) });
      expect(await say({ status: 'Green', observedAt: seen, orderedAt: at(2000) })).toBe('written');
      expect(await say({ status: 'Red', observedAt: seen, orderedAt: at(1000) })).toBe('stale');
      expect(await stored()).toMatchObject({ status: 'Green', observedAt: seen, orderedAt: at(2000) });
    });

    test('at one moment, what was seen later counts, and then the worse', async () => {
      const { say, stored } = aStory();
      await say({ status: 'Red', observedAt: seen, orderedAt: at(1000) });
      expect(await say({ status: 'Green', observedAt: seen, orderedAt: at(1000) })).toBe('stale');
      expect(await say({ status: 'Green', observedAt: at(-1), orderedAt: at(1000) })).toBe('written');
      expect(await say({ status: 'Red', observedAt: at(-1), orderedAt: at(1000) })).toBe('written');
      expect(await say({ status: 'Red', observedAt: at(-1), orderedAt: at(1000) })).toBe('stale');
      expect(await stored()).toMatchObject({ status: 'Red', episode: 2 });
    });
  });

  test('why a finding is Green goes when it is Red again', async () => {
    const { say, stored } = aStory();
    await say({ status: 'Green', observedAt: at(1), statusReason: 'SUPPRESSED' });
    expect(await stored()).toMatchObject({ statusReason: 'SUPPRESSED' });
    await say({ status: 'Red', observedAt: at(2) });
    expect(await stored()).not.toHaveProperty('statusReason');
  });

  test("keeps a check's other names and the source's own ID", async () => {
    const { say, stored } = aStory();
    const names = { checkId: 'EC2.19', checkAliases: ['security-control/EC2.19'] };
    await say({ status: 'Red', observedAt: at(1), ...names });
    expect(await stored()).toMatchObject(names);
  });

  describe("a person's click", () => {
    const click = (ms: number) => ({ by: 'the custom action Remediate', at: at(ms).toISOString() });
    const red = (ms: number) => ({ status: 'Red' as const, observedAt: at(ms) });

    test('is kept with what they saw, known before or not', async () => {
      const unknown = aStory();
      expect(await unknown.say({ ...red(1), approval: click(9) })).toBe('written');
      expect(await unknown.stored()).toMatchObject({ approval: click(9), episode: 1 });
      const known = aStory();
      await known.say(red(1));
      expect(await known.say({ ...red(1), approval: click(9) })).toBe('written');
      expect(await known.stored()).toMatchObject({ ...red(1), approval: click(9), episode: 1 });
    });

    test('holds for what is newer than what they saw, and older than the click', async () => {
      const { say, stored } = aStory();
      await say({ ...red(5), detail: { ms: '5' } });
      expect(await say({ ...red(1), approval: click(9) })).toBe('written');
      expect(await stored()).toMatchObject({ observedAt: at(5), detail: { ms: '5' }, approval: click(9) });
    });

    test('is none to what has changed since', async () => {
      const { say, stored } = aStory();
      await say(red(10));
      expect(await say({ ...red(1), approval: click(9) })).toBe('stale');
      expect(await stored()).not.toHaveProperty('approval');
    });

    test('stays while the finding is Red, and goes with its episode', async () => {
      const { say, stored } = aStory();
      await say({ ...red(1), approval: click(2) });
      await say(red(3));
      expect(await stored()).toMatchObject({ observedAt: at(3), approval: click(2) });
      await say({ status: 'Green', observedAt: at(4) });
      expect(await stored()).not.toHaveProperty('approval');
      expect(await say({ ...red(1), approval: click(5) })).toBe('stale');
      await say(red(6));
      expect(await stored()).not.toHaveProperty('approval');
    });

    test('counts once, and the newest counts', async () => {
      const { say, stored } = aStory();
      await say({ ...red(1), approval: click(5) });
      expect(await say({ ...red(1), approval: click(5) })).toBe('stale');
      expect(await say({ ...red(1), approval: click(4) })).toBe('stale');
      expect(await say({ ...red(1), approval: click(6) })).toBe('written');
      expect(await stored()).toMatchObject({ approval: click(6) });
    });

    test('on what is Green is none', async () => {
      const { say, stored } = aStory();
      await say({ status: 'Green', observedAt: at(1), approval: click(2) });
      expect(await stored()).not.toHaveProperty('approval');
    });
  });
});
