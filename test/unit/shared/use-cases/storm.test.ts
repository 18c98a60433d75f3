import { describe, expect, it } from 'vitest';
import type { TrackedFinding } from '../../../../shared/domain/finding.ts';
import { atOnce } from '../../../../shared/use-cases/at-once.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Storm } from '../../../helpers/fakes-storm.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { GROUP_ARN } from '../../../helpers/findings.ts';

const group = (n: number) => GROUP_ARN.replace(/sg-\w+/, `sg-${n}`);

interface Arrival {
  readonly count: number;
  /** How long each handler is at one finding. */
  readonly handlingMs?: number;
}

/** Findings of one check, all at once, through handlers of which ten run at a time. */
async function arrive(world: World, { count, handlingMs = 0 }: Arrival): Promise<void> {
  const records: TrackedFinding[] = [];
  for (let n = 1; n <= count; n += 1) records.push(await world.record({ resource: group(n) }));
  await atOnce(10, records, async (record) => {
    await world.handle(record);
    if (handlingMs > 0) await world.clock.sleep(handlingMs);
  });
}

/** The reconciler, once a minute. @returns the minutes until all were remediated, or so many */
async function reconcileFor(world: World, storm: Storm, minutes: number): Promise<number> {
  const begun = world.clock.now().getTime();
  for (let minute = 1; minute <= minutes; minute += 1) {
    await storm.runUntil(begun + minute * MINUTE);
    if (world.states.every((state) => state === 'Resolved')) return minute;
    const { failures, looked } = await world.reconcile();
    expect(failures).toEqual([]);
    expect(looked).toBeLessThanOrEqual(3000);
    // It has 55 s, and the next one begins after 60.
    expect(world.clock.now().getTime() - begun - minute * MINUTE).toBeLessThan(50_000);
  }
  return minutes + 1;
}

/** How often the runbook ran for each resource. */
function runs({ runbooks }: World): Map<string, number> {
  const alone = runbooks.executions.filter(({ rateControl }) => rateControl === undefined);
  const counts = new Map<string, number>();
  for (const { parameters } of [...alone, ...runbooks.children]) {
    const id = parameters.GroupId?.[0] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function expectOncePerResource(world: World, count: number): void {
  const counts = runs(world);
  expect(counts.size).toBe(count);
  expect([...counts.values()].every((times) => times === 1)).toBe(true);
}

const gaps = ({ starts }: Storm) => starts.slice(1).map((at, index) => at - (starts[index] ?? 0));

describe('10,000 findings of one check at once', () => {
  it('are remediated within ten minutes, each once, 100 at a time and one start a second, within the budget of OpsItems', {
    timeout: 60_000,
  }, async () => {
    const world = aWorld({ maxConcurrent: 100 });
    // More would run at once than the check allows, if they were let.
    const storm = new Storm(world, { lastsMs: 3000, concurrent: 500 });
    await arrive(world, { count: 10_000 });
    expect(await reconcileFor(world, storm, 10)).toBeLessThanOrEqual(10);

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
    expect(world.remediations.every(({ opsItemId }) => opsItemId !== undefined)).toBe(true);
  });
});
