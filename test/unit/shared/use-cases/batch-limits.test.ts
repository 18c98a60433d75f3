import { describe, expect, it } from 'vitest';
import { type CheckGuard, NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, CHECK_NAME, REGION } from '../../../helpers/findings.ts';
import { finishAll, group, groupId, wait } from '../../../helpers/waiting.ts';

// What holds for one start holds for many that start together.

const guardOf = (world: World): CheckGuard => world.guards.checks.get(CHECK_NAME) ?? NO_GUARD;
const later = (world: World, minutes: number) => world.clock.advance(minutes * MINUTE);
const valuesOf = (world: World) => world.runbooks.executions.map(({ rateControl }) => rateControl?.values);

describe('maxConcurrent', () => {
  it('is how many of them run at a time; the slots are held to the end of the whole', async () => {
    const world = aWorld({ maxConcurrent: 4 });
    await wait(world, 10);
    await world.reconcile();
    expect(world.runbooks.executions).toMatchObject([{ rateControl: { maxConcurrency: '4' } }]);
    expect(Object.values(guardOf(world).batches ?? {})).toMatchObject([
      { slots: 4, account: ACCOUNT, region: REGION },
    ]);
    expect(await world.pass({ resource: group(99) })).toBe('deferred');
    await finishAll(world);
    expect(guardOf(world).batches).toEqual({});
    later(world, 2);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it('counts what runs alone', async () => {
    const world = aWorld({ maxConcurrent: 3 });
    await world.pass({ resource: group(99) });
    await wait(world, 5);
    await world.reconcile();
    expect(world.runbooks.executions[1]).toMatchObject({ rateControl: { maxConcurrency: '2' } });
  });

  it('the slots of a whole whose end nobody heard of are freed where they are wanted', async () => {
    const world = aWorld({ maxConcurrent: 2 });
    await wait(world, 2);
    await world.reconcile();
    for (const { id } of [...world.runbooks.children])
      await world.close(world.runbooks.finish('Success', { id }));
    expect(world.states).toEqual(['Resolved', 'Resolved']);
    expect(await world.pass({ resource: group(3) })).toBe('deferred');
    later(world, 3);
    await world.reconcile();
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Running']);
    expect(guardOf(world).batches).toEqual({});
  });

  it('the slots of a whole that goes on are not', async () => {
    const world = aWorld({ maxConcurrent: 2 });
    await wait(world, 4);
    await world.reconcile();
    await world.pass({ resource: group(9) });
    later(world, 30);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    expect(Object.values(guardOf(world).batches ?? {})).toMatchObject([{ slots: 2 }]);
  });

  it('nor those of one that is being started just now', async () => {
    const world = aWorld({ maxConcurrent: 2 });
    const batches = {
      t: { slots: 2, since: world.clock.now().toISOString(), account: ACCOUNT, region: REGION },
    };
    world.guards.checks.set(CHECK_NAME, { ...NO_GUARD, version: 1, batches });
    await wait(world, 2);
    await world.reconcile();
    expect(world.runbooks.executions).toEqual([]);
    later(world, 3);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
  });
});

describe('maxPerHour', () => {
  it('counts each of them, and lets no more start', async () => {
    const world = aWorld({ maxPerHour: 3 });
    await wait(world, 5);
    await world.reconcile();
    expect(valuesOf(world)).toEqual([[1, 2, 3].map(groupId)]);
    expect(Object.keys(guardOf(world).starts)).toHaveLength(3);
    expect(world.remediations.slice(3)).toMatchObject(
      Array(2).fill({ state: 'Deferred', reasonCode: 'HOURLY_LIMIT' }),
    );
    await finishAll(world);
    later(world, 59);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    later(world, 2);
    await world.reconcile();
    expect(valuesOf(world)[1]).toEqual([4, 5].map(groupId));
  });
});
