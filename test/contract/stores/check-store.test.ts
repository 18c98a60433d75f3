import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCheckStore } from '../../../shared/aws/check-store.ts';
import { findingIdOf, type Status } from '../../../shared/domain/finding.ts';
import type { CheckStore } from '../../../shared/ports.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { FakeClock } from '../../helpers/fakes.ts';
import { FakeCheckStore } from '../../helpers/fakes-stores.ts';
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
    const story: Status[] = [
      'Green',
      'Yellow',
      'Red',
      'Red',
      'Green',
      'Green',
      'Red',
      'Yellow',
      'Green',
      'Yellow',
    ];
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
});
