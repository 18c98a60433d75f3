import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aMappingRow, GROUP_ARN, REGION, ROLE_ARN } from '../../../helpers/findings.ts';
import { finishAll, group, groupId, wait } from '../../../helpers/waiting.ts';

const ELSEWHERE = { region: 'eu-west-1' };

/** Writes down when, and where, starts are asked for. */
function timed(world: World): { at: number; region: string; values: number }[] {
  const starts: { at: number; region: string; values: number }[] = [];
  const { start } = world.runbooks;
  world.runbooks.start = (request) => {
    const { region, rateControl } = request;
    starts.push({ at: world.clock.now().getTime(), region, values: rateControl?.values.length ?? 0 });
    return start.call(world.runbooks, request);
  };
  return starts;
}

/** Two parameters tell each finding from the others: it starts alone. */
const ALONE = {
  automationParameters: JSON.stringify({
    GroupId: ['$resourceId'],
    IpAddressToBlock: ['$resourceId'],
    AutomationAssumeRole: [ROLE_ARN],
  }),
};

const gaps = (times: readonly { at: number }[]) =>
  times.slice(1).map(({ at }, index) => at - (times[index]?.at ?? 0));

describe('starts of the reconciler', () => {
  it('are at least 1.1 seconds apart in one account and region', async () => {
    const world = aWorld(ALONE);
    await wait(world, 5);
    const starts = timed(world);
    expect(await world.reconcile()).toEqual({ looked: 5, failures: [] });
    expect(starts).toHaveLength(5);
    expect(gaps(starts)).toEqual([1100, 1100, 1100, 1100]);
    expect(world.states).toEqual(Array(5).fill('Running'));
  });

  it('do not wait for those of another region', async () => {
    const world = aWorld(ALONE);
    await wait(world, 2);
    for (const n of [1, 2]) {
      world.guards.throttled.set(`${ACCOUNT} ${ELSEWHERE.region}`, new Date(world.clock.now().getTime() + 1));
      await world.pass({ ...ELSEWHERE, resource: group(n) });
    }
    world.clock.advance(MINUTE);
    const starts = timed(world);
    await world.reconcile();
    const regions = Map.groupBy(starts, ({ region }) => region);
    expect([...regions.keys()].toSorted()).toEqual([REGION, ELSEWHERE.region]);
    const firsts = [...regions.values()].map(([first]) => first?.at);
    expect(new Set(firsts).size).toBe(1);
    for (const ofRegion of regions.values()) expect(gaps(ofRegion)).toEqual([expect.any(Number)]);
    for (const ofRegion of regions.values()) expect(Math.min(...gaps(ofRegion))).toBeGreaterThanOrEqual(1100);
  });

  it('go on while handlers were told to wait, and keep handlers waiting while there are more', async () => {
    const world = aWorld(ALONE);
    await wait(world, 3);
    world.guards.throttled.set(`${ACCOUNT} ${REGION}`, new Date(world.clock.now().getTime() + 10 * MINUTE));
    await world.reconcile();
    expect(world.states).toEqual(Array(3).fill('Running'));
    expect(await world.pass({ resource: group(9) })).toBe('deferred');
  });

  it('are several: handlers leave the place to them meanwhile, and for a moment', async () => {
    const world = aWorld(ALONE);
    await wait(world, 2);
    expect(world.guards.throttled.get(`${ACCOUNT} ${REGION}`)?.getTime()).toBe(world.clock.now().getTime());
    await world.reconcile();
    expect(await world.pass({ resource: group(8) })).toBe('deferred');
    world.clock.advance(5000);
    expect(await world.pass({ resource: group(9) })).toBe('started');
  });

  it('that are not come to go to the back of the queue', async () => {
    const world = aWorld(ALONE);
    await wait(world, 8);
    world.guards.throttled.set(`${ACCOUNT} ${ELSEWHERE.region}`, new Date(world.clock.now().getTime() + 1));
    await world.pass({ ...ELSEWHERE, resource: group(1) });
    world.clock.advance(MINUTE);
    const { start } = world.runbooks;
    world.runbooks.start = async (request) => {
      if (request.region === REGION) throw new RemediatorError('START_THROTTLED', 'Rate exceeded.');
      return start.call(world.runbooks, request);
    };
    const { listDue } = world.executions;
    world.executions.listDue = (now) => listDue.call(world.executions, now, 5);
    await world.reconcile();
    expect(world.runbooks.executions).toEqual([]);
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toMatchObject([ELSEWHERE]);
  });

  it('that there is no time for are made in the next minutes, oldest first', async () => {
    const world = aWorld(ALONE);
    await wait(world, 90);
    const begun = world.clock.now().getTime();
    await world.reconcile();
    expect(world.clock.now().getTime() - begun).toBeLessThan(45_000);
    const first = world.runbooks.executions.length;
    expect(first).toBeGreaterThan(30);
    expect(world.states.filter((state) => state === 'Deferred')).toHaveLength(90 - first);
    for (const { state, nextActionAt } of world.remediations)
      if (state === 'Deferred') expect(Date.parse(nextActionAt ?? '')).toBeLessThanOrEqual(begun + MINUTE);
    for (const minute of [1, 2]) {
      world.clock.advance(Math.max(0, begun + minute * MINUTE - world.clock.now().getTime()));
      await world.reconcile();
    }
    const started = world.runbooks.executions.map(({ parameters }) => parameters.GroupId?.[0]);
    expect(started.toSorted()).toEqual(Array.from({ length: 90 }, (_, n) => groupId(n + 1)).toSorted());
  });

  it("take turns between checks: one check's storm does not keep another's from starting", async () => {
    const world = aWorld(ALONE);
    world.mappings.put(aMappingRow({ checkName: 'Other', regexPattern: '.*', ...ALONE }));
    await wait(world, 60);
    world.guards.throttled.set(`${ACCOUNT} ${REGION}`, new Date(world.clock.now().getTime() + 1));
    await world.pass({ checkName: 'Other', resource: group(1) });
    world.clock.advance(MINUTE);
    await world.reconcile();
    const other = world.remediations.find(({ checkName }) => checkName === 'Other');
    expect(other?.state).toBe('Running');
    expect(world.states.filter((state) => state === 'Deferred').length).toBeGreaterThan(10);
  });

  it('stop for the minute where Systems Manager takes no more, and the others of the place are not even asked for', async () => {
    const world = aWorld(ALONE);
    await wait(world, 5);
    world.runbooks.refusal = new RemediatorError('START_THROTTLED', 'Rate exceeded.');
    await world.reconcile();
    expect(world.faults.count('runbooks.start')).toBe(3);
    expect(world.states).toEqual(Array(5).fill('Deferred'));
    world.runbooks.refusal = undefined;
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(Array(5).fill('Running'));
  });
});

describe('how many start together', () => {
  it('at most 300, and one that is left starts alone', async () => {
    const world = aWorld();
    await wait(world, 301);
    const starts = timed(world);
    await world.reconcile();
    expect(starts.map(({ values }) => values)).toEqual([300, 0]);
    expect(new Set(world.states)).toEqual(new Set(['Running']));
  });

  it('at most 50, where their values are longer than TargetMaps takes', async () => {
    const world = aWorld({ automationParameters: JSON.stringify({ GroupId: ['$resource'] }) });
    expect(GROUP_ARN.length).toBeGreaterThan(50);
    await wait(world, 60);
    const starts = timed(world);
    await world.reconcile();
    expect(starts.map(({ values }) => values)).toEqual([50, 10]);
  });

  it('one that was tried alone, and may have started, is looked for and not started again', async () => {
    const world = aWorld();
    const { start } = world.runbooks;
    world.runbooks.start = async (request) => {
      await start.call(world.runbooks, request);
      throw new RemediatorError('START_THROTTLED', 'Rate exceeded.');
    };
    await world.pass({ resource: group(1) });
    world.runbooks.start = start;
    world.runbooks.remembersTokens = false;
    await wait(world, 2, 2);
    await world.reconcile();
    expect(world.runbooks.executions.map(({ rateControl }) => rateControl?.values)).toEqual([
      undefined,
      ['sg-2', 'sg-3'],
    ]);
    expect(world.states).toEqual(['Running', 'Running', 'Running']);
    await finishAll(world);
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Resolved']);
  });

  it('two findings of the same resource do not run beside each other in one execution', async () => {
    const world = aWorld();
    world.mappings.put(aMappingRow());
    await wait(world, 2);
    world.guards.throttled.set(`${ACCOUNT} ${REGION}`, new Date(world.clock.now().getTime() + 1));
    await world.pass({ source: 'aws.config', resource: group(1) });
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions[0]?.rateControl?.values).toEqual(['sg-1', 'sg-2']);
    expect(world.runbooks.executions[1]).toMatchObject({ parameters: { GroupId: ['sg-1'] } });
  });
});
