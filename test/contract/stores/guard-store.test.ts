import { randomUUID } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuardStore } from '../../../shared/aws/guard-store.ts';
import { type CheckGuard, NO_GUARD } from '../../../shared/domain/check-guard.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { DAY, FakeClock, MINUTE } from '../../helpers/fakes.ts';
import { OPS_ITEM_BUDGET, targetsOf } from './execution-store-stories.ts';

const clock = new FakeClock('2024-05-30T12:00:00.000Z');
let tables: TestTables;
beforeAll(async () => {
  if (!dynoxideMissing) tables = await startTables();
});
afterAll(async () => {
  await tables?.[Symbol.asyncDispose]();
});

const TARGETS = targetsOf(clock, () => tables);

/** An account of its own, so that tests do not share its counts. */
const aPlace = () => ({
  account: String(Math.floor(Math.random() * 1e12)).padStart(12, '0'),
  region: 'eu-west-1',
});

/** Counters with something in each of them. */
const FULL: CheckGuard = {
  version: 0,
  arrivals: { 'f 000001-001': '2024-05-30T11:00:00.000Z' },
  running: { 'f 000001-001': 1, 'g 000001-001': 3 },
  starts: { 'f 000001-001': '2024-05-30T11:00:00.000Z' },
  failures: { 'h 000001-002': '2024-05-30T10:00:00.000Z' },
  breaker: { openedAt: '2024-05-30T11:00:00.000Z', trial: { key: 'f 1', at: '2024-05-30T11:30:00.000Z' } },
  storm: { openedAt: '2024-05-30T11:00:00.000Z' },
};

describe.each(TARGETS)('GuardStore: $target', ({ skip, create }) => {
  const test = it.skipIf(skip);

  test('a check that was never counted has no counters, and no place is throttled', async () => {
    expect(await create().guards.read(randomUUID(), aPlace())).toEqual({ guard: NO_GUARD });
  });

  test('gives back what was written, one version on', async () => {
    const { guards } = create();
    const check = randomUUID();
    expect(await guards.write(check, FULL)).toBe(true);
    expect(await guards.read(check, aPlace())).toEqual({ guard: { ...FULL, version: 1 } });
  });

  test('a rule of AWS Config is counted as one check, whatever its suffix in an account', async () => {
    const { guards } = create();
    const rule = `rule-${randomUUID().slice(0, 8)}-enabled`;
    await guards.write(`securityhub-${rule}-l6dseq`, FULL);
    expect((await guards.read(`securityhub-${rule}-v4949q`, aPlace())).guard.version).toBe(1);
    expect((await guards.read(rule, aPlace())).guard.version).toBe(1);
  });

  test('what is no longer there is gone: a breaker that was closed, a slot that was given back', async () => {
    const { guards } = create();
    const check = randomUUID();
    await guards.write(check, FULL);
    await guards.write(check, { ...NO_GUARD, version: 1 });
    expect((await guards.read(check, aPlace())).guard).toEqual({ ...NO_GUARD, version: 2 });
  });

  test('what is undefined in it is not there', async () => {
    const { guards } = create();
    const check = randomUUID();
    const guard = { ...NO_GUARD, storm: undefined } as unknown as CheckGuard; // as spreads make it
    await guards.write(check, guard);
    expect((await guards.read(check, aPlace())).guard.storm).toBeUndefined();
  });

  test('a write on a version that moved changes nothing; neither does one that claims to be the first', async () => {
    const { guards } = create();
    const check = randomUUID();
    await guards.write(check, NO_GUARD);
    expect(await guards.write(check, FULL)).toBe(false);
    expect(await guards.write(check, { ...FULL, version: 2 })).toBe(false);
    expect((await guards.read(check, aPlace())).guard).toEqual({ ...NO_GUARD, version: 1 });
    expect(await guards.write(check, { ...FULL, version: 1 })).toBe(true);
  });

  test('a version of a check that has no row is none', async () => {
    const { guards } = create();
    expect(await guards.write(randomUUID(), { ...FULL, version: 3 })).toBe(false);
  });

  test('50 writes at once on one version: one is written', async () => {
    const { guards } = create();
    const check = randomUUID();
    const written = await Promise.all(
      Array.from({ length: 50 }, (_, n) => guards.write(check, { ...NO_GUARD, running: { [n]: 1 } })),
    );
    expect(written.filter((each) => each)).toHaveLength(1);
    expect((await guards.read(check, aPlace())).guard.running).toEqual({ [written.indexOf(true)]: 1 });
  });

  test('a throttled place is throttled for every check in it, until its time; no other place is', async () => {
    const { guards } = create();
    const place = aPlace();
    const until = new Date(clock.now().getTime() + MINUTE);
    await guards.throttle(place, until);
    expect(await guards.read(randomUUID(), place)).toEqual({ guard: NO_GUARD, throttledUntil: until });
    const elsewhere = [{ ...place, region: 'us-east-1' }, aPlace()];
    for (const other of elsewhere)
      expect(await guards.read(randomUUID(), other)).not.toHaveProperty('throttledUntil');
    clock.advance(MINUTE);
    expect(await guards.read(randomUUID(), place)).not.toHaveProperty('throttledUntil');
  });

  test('a place that is throttled again is so until the later time', async () => {
    const { guards } = create();
    const place = aPlace();
    const at = (minutes: number) => new Date(clock.now().getTime() + minutes * MINUTE);
    await guards.throttle(place, at(1));
    await guards.throttle(place, at(2));
    expect((await guards.read('c', place)).throttledUntil).toEqual(at(2));
  });

  test('50 OpsItems at once: exactly the budget, and then none', async () => {
    const { guards } = create();
    const place = aPlace();
    const taken = await Promise.all(Array.from({ length: 50 }, () => guards.takeOpsItem(place)));
    expect(taken.filter((each) => each)).toHaveLength(OPS_ITEM_BUDGET);
    expect(await guards.takeOpsItem(place)).toBe(false);
  });

  test('every account has its own budget, in all its regions together', async () => {
    const { guards } = create();
    const place = aPlace();
    for (let each = 0; each < OPS_ITEM_BUDGET; each += 1) await guards.takeOpsItem(place);
    expect(await guards.takeOpsItem({ ...place, region: 'us-east-1' })).toBe(false);
    expect(await guards.takeOpsItem(aPlace())).toBe(true);
  });

  test('a new month begins anew', async () => {
    const { guards } = create();
    const place = aPlace();
    for (let each = 0; each < OPS_ITEM_BUDGET; each += 1) await guards.takeOpsItem(place);
    expect(await guards.takeOpsItem(place)).toBe(false);
    clock.advance(31 * DAY);
    expect(await guards.takeOpsItem(place)).toBe(true);
  });
});

describe.skipIf(dynoxideMissing)('RemediationGuardTable', () => {
  const storeWith = (toldIn: <Place>(place: Place) => Place, opsItemBudget: number) =>
    createGuardStore({
      client: tables.client,
      tableName: tables.remediationGuardTable,
      clock,
      opsItemBudget,
      toldIn: async (place) => toldIn(place),
    });
  const itemOf = async (guardId: string) => {
    const { Item } = await tables.client.send(
      new GetItemCommand({ TableName: tables.remediationGuardTable, Key: { guardId: { S: guardId } } }),
    );
    return unmarshall(Item ?? {});
  };

  it("has the check's name for people to read, and counters that never expire", async () => {
    const check = randomUUID();
    await storeWith((place) => place, 1).write(check, NO_GUARD);
    expect(await itemOf(`check#${check}`)).toEqual({
      guardId: `check#${check}`,
      checkName: check,
      ...NO_GUARD,
      version: 1,
    });
  });

  it('forgets a throttled place a day later, and a month of OpsItems a month later', async () => {
    const place = aPlace();
    const store = storeWith((each) => each, 1);
    await store.throttle(place, clock.now());
    await store.takeOpsItem(place);
    const seconds = clock.now().getTime() / 1000;
    expect((await itemOf(`place#${place.account}#eu-west-1`)).expiresAt).toBe(seconds + DAY / 1000);
    const month = await itemOf(`ops-items#${place.account}#${clock.now().toISOString().slice(0, 7)}`);
    expect(month).toMatchObject({ count: 1 });
    expect(month.expiresAt).toBeGreaterThan(seconds + (31 * DAY) / 1000);
  });

  it('a budget of none allows none', async () => {
    expect(await storeWith((place) => place, 0).takeOpsItem(aPlace())).toBe(false);
  });

  it('an OpsItem counts where it is opened', async () => {
    const own = aPlace();
    const store = storeWith(<Place>(place: Place) => ({ ...place, account: own.account }), 1);
    expect(await store.takeOpsItem(aPlace())).toBe(true);
    expect(await store.takeOpsItem(aPlace())).toBe(false);
  });
});
