import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Crash } from '../../../helpers/fakes-faults.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { CHECK_NAME } from '../../../helpers/findings.ts';
import { finishAll, groupId, runs, wait } from '../../../helpers/waiting.ts';

// The reconciler may die before or after any call while it starts findings together. Whatever it left, each resource is
// acted upon once in the end, and no slot stays taken.

const COUNT = 3;

async function aWaitingWorld(): Promise<World> {
  const world = aWorld({ maxConcurrent: 3 });
  await wait(world, COUNT);
  // Nobody says how long a token lives.
  world.runbooks.remembersTokens = false;
  return world;
}

/** Minutes go by; executions end, and their ends are told. */
async function liveOn(world: World, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.clock.advance(MINUTE);
    await world.reconcile();
    if (minute % 3 === 2) await finishAll(world);
  }
}

async function callsOfOneRun(): Promise<readonly string[]> {
  const world = await aWaitingWorld();
  const before = world.faults.calls.length;
  await world.reconcile();
  return world.faults.calls.slice(before);
}

describe.each(['before', 'after'] as const)('a crash %s any call of a start together', (when) => {
  it('leaves no resource acted upon twice, none forgotten, and no slot taken', async () => {
    const calls = await callsOfOneRun();
    expect(calls).toContain('runbooks.start');
    for (const [index, call] of calls.entries()) {
      const world = await aWaitingWorld();
      world.faults.crash(when, index + 1);
      await world.reconcile().catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      world.faults.heal();
      await liveOn(world, 18);
      const story = `${when} ${call} (${index + 1})`;
      expect(world.states, story).toEqual(Array(COUNT).fill('Resolved'));
      expect(runs(world), story).toEqual(new Map([1, 2, 3].map((n) => [groupId(n), 1])));
      const { running = {}, batches = {} } = world.guards.checks.get(CHECK_NAME) ?? {};
      expect({ running, batches }, story).toEqual({ running: {}, batches: {} });
      expect(new Set(world.opsItems.all.map(({ status }) => status)), story).toEqual(new Set(['Resolved']));
    }
  });
});

describe('a newer event of a finding', () => {
  it('that is being started with others starts nothing more', async () => {
    const world = await aWaitingWorld();
    world.faults.crashOn('after', 'runbooks.start');
    await world.reconcile().catch(() => undefined);
    world.faults.heal();
    expect(world.states).toEqual(Array(COUNT).fill('Starting'));
    for (const { resource } of world.remediations)
      expect(await world.pass({ resource, observedAt: new Date('2024-05-13T04:20:00Z') })).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(1);
    await liveOn(world, 12);
    expect(runs(world)).toEqual(new Map([1, 2, 3].map((n) => [groupId(n), 1])));
  });

  it('that was put back, and had been started after all, joins what was started', async () => {
    const world = await aWaitingWorld();
    // The first answer is lost on the way, and what the SDK tries again is throttled.
    const { start } = world.runbooks;
    let tried = 0;
    world.runbooks.start = async (request) => {
      tried += 1;
      if (tried === 1) await start.call(world.runbooks, request);
      throw new RemediatorError('START_THROTTLED', 'Rate exceeded.');
    };
    await world.reconcile();
    expect(world.states).toEqual(Array(COUNT).fill('Deferred'));
    world.runbooks.start = start;
    await liveOn(world, 12);
    expect(world.runbooks.executions).toHaveLength(1);
    expect(runs(world)).toEqual(new Map([1, 2, 3].map((n) => [groupId(n), 1])));
    expect(world.states).toEqual(Array(COUNT).fill('Resolved'));
  });

  it('that was put back, and had been started after all, starts nothing by a newer event either', async () => {
    const world = await aWaitingWorld();
    const { start } = world.runbooks;
    world.runbooks.start = async (request) => {
      if (world.runbooks.executions.length === 0) await start.call(world.runbooks, request);
      throw new RemediatorError('START_THROTTLED', 'Rate exceeded.');
    };
    await world.reconcile();
    world.runbooks.start = start;
    world.clock.advance(MINUTE);
    for (const { resource } of world.remediations)
      expect(await world.pass({ resource, observedAt: new Date('2024-05-13T04:20:00Z') })).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.states).toEqual(Array(COUNT).fill('Running'));
  });
});
