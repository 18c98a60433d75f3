import { describe, expect, it } from 'vitest';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { TrackedFinding } from '../../../../shared/domain/finding.ts';
import { atOnce } from '../../../../shared/use-cases/at-once.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Storm } from '../../../helpers/fakes-storm.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, CHECK_NAME, REGION } from '../../../helpers/findings.ts';
import { group, runs, wait } from '../../../helpers/waiting.ts';

/** Findings of one check, all at once, through handlers of which ten run at a time. */
async function arrive(world: World, count: number): Promise<void> {
  const records: TrackedFinding[] = [];
  for (let n = 1; n <= count; n += 1) records.push(await world.record({ resource: group(n) }));
  await atOnce(10, records, async (record) => {
    await world.handle(record);
  });
}

const rowsOf = ({ executions }: World) => [...executions.rows.values()];

/** The reconciler, once a minute. @returns the minutes until all were remediated, or so many */
async function reconcileFor(world: World, storm: Storm, minutes: number): Promise<number> {
  const begun = world.clock.now().getTime();
  for (let minute = 1; minute <= minutes; minute += 1) {
    await storm.runUntil(begun + minute * MINUTE);
    if (rowsOf(world).every(({ state }) => state === 'Resolved')) return minute;
    const { failures, looked } = await world.reconcile();
    expect(failures).toEqual([]);
    expect(looked).toBeLessThanOrEqual(3000);
    // It has 55 s, and the next one begins after 60.
    expect(world.clock.now().getTime() - begun - minute * MINUTE).toBeLessThan(50_000);
  }
  return minutes + 1;
}

function expectOncePerResource(world: World, count: number): void {
  const counts = runs(world);
  expect(counts.size).toBe(count);
  expect([...counts.values()].every((times) => times === 1)).toBe(true);
}

const gaps = ({ starts }: Storm) => starts.slice(1).map((at, index) => at - (starts[index] ?? 0));

describe('slots', () => {
  it('that are few are not begun with, where more will be free: what begins with few keeps few to its end', async () => {
    const world = aWorld({ maxConcurrent: 100 });
    await wait(world, 120);
    const since = world.clock.now().toISOString();
    const batches = { t: { slots: 90, since, account: ACCOUNT, region: REGION } };
    const guard = world.guards.checks.get(CHECK_NAME) ?? NO_GUARD;
    world.guards.put(CHECK_NAME, { ...guard, batches });
    const { sleep } = world.clock;
    let slept = 0;
    world.clock.sleep = async (ms) => {
      slept += 1;
      if (slept === 3)
        world.guards.put(CHECK_NAME, { ...(world.guards.checks.get(CHECK_NAME) ?? guard), batches: {} });
      return sleep.call(world.clock, ms);
    };
    await world.reconcile();
    expect(slept).toBe(3);
    expect(world.runbooks.executions).toMatchObject([{ rateControl: { maxConcurrency: '100' } }]);
  });
});

describe('findings of one check that come at once', () => {
  it('10,000 are remediated within ten minutes, each once, 100 at a time and one start a second, within the budget of OpsItems', {
    timeout: 60_000,
  }, async () => {
    const world = aWorld({ maxConcurrent: 100 });
    // More would run at once than the check allows, if they were let.
    const storm = new Storm(world, { lastsMs: 3000, concurrent: 500 });
    await arrive(world, 10_000);
    expect(await reconcileFor(world, storm, 10)).toBeLessThanOrEqual(8);

    expectOncePerResource(world, 10_000);
    expect(storm.mostAtOnce).toBe(100);
    expect(storm.starts.length).toBeLessThan(60);
    expect(Math.min(...gaps(storm))).toBeGreaterThanOrEqual(1000);
    expect(world.guards.checks.values().next().value).toMatchObject({ running: {}, batches: {} });

    expect(world.opsItems.all).toHaveLength(9001);
    expect(world.opsItems.all.filter(({ status }) => status !== 'Resolved')).toEqual([]);
    expect(world.opsItems.all.filter(({ data }) => data.gathers)).toMatchObject([
      { title: expect.stringContaining('over the budget of OpsItems'), data: { gathers: 'budget' } },
    ]);
    expect(rowsOf(world).every(({ opsItemId }) => opsItemId !== undefined)).toBe(true);
  });

  it('are remediated although the ends of some are never told', { timeout: 60_000 }, async () => {
    const world = aWorld({ maxConcurrent: 100 });
    const storm = new Storm(world, { lastsMs: 3000, concurrent: 500 });
    storm.isLost = ({ id }) => Number(id.slice(-3)) % 10 === 0;
    await arrive(world, 600);
    expect(await reconcileFor(world, storm, 10)).toBeLessThanOrEqual(8);
    expectOncePerResource(world, 600);
    expect(world.guards.checks.get(CHECK_NAME)).toMatchObject({ running: {} });
  });

  it('without a limit of their check run as Systems Manager lets them', { timeout: 60_000 }, async () => {
    const world = aWorld();
    const storm = new Storm(world, { lastsMs: 3000, concurrent: 100 });
    await arrive(world, 1500);
    expect(await reconcileFor(world, storm, 10)).toBeLessThanOrEqual(4);
    expectOncePerResource(world, 1500);
  });
});
