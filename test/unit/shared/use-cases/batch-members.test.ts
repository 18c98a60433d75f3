import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { finishAll, group, groupId, runs, wait } from '../../../helpers/waiting.ts';

const later = (world: World, minutes: number) => world.clock.advance(minutes * MINUTE);

describe('one of many', () => {
  it('whose people could not be told is left behind, and the others start', async () => {
    const world = aWorld({ maxConcurrent: 10 });
    await wait(world, 3);
    world.faults.failOnce('opsItems.update', awsError('ThrottlingException'));
    const { failures } = await world.reconcile();
    expect(failures).toHaveLength(1);
    expect(world.states.toSorted()).toEqual(['Deferred', 'Running', 'Running']);
    expect(world.runbooks.executions[0]?.rateControl?.values).toHaveLength(2);
    later(world, 3);
    await world.reconcile();
    await finishAll(world);
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Resolved']);
    expect([...runs(world).values()]).toEqual([1, 1, 1]);
  });

  it('that could not even be put back is not taken for one that runs: it starts alone', async () => {
    const world = aWorld();
    await wait(world, 3);
    world.faults.failOnce('opsItems.update', awsError('ThrottlingException'));
    world.faults.failOnce('executions.transition', awsError('ThrottlingException'));
    await world.reconcile();
    expect(world.states.toSorted()).toEqual(['Running', 'Running', 'Starting']);
    later(world, 6);
    await world.reconcile();
    expect(world.runbooks.executions.map(({ rateControl }) => rateControl?.values.length)).toEqual([
      2,
      undefined,
    ]);
    await finishAll(world);
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Resolved']);
    expect([...runs(world).values()]).toEqual([1, 1, 1]);
  });

  it('that starts alone later is one of many no longer', async () => {
    const world = aWorld();
    await wait(world, 2);
    const { start } = world.runbooks;
    world.runbooks.start = async (request) => {
      if (request.rateControl) throw awsError('InternalServerError');
      return start.call(world.runbooks, request);
    };
    await world.reconcile();
    expect(world.remediations).toMatchObject(
      Array(2).fill({ state: 'Starting', batch: { parameter: 'GroupId' } }),
    );
    later(world, 6);
    await world.reconcile();
    expect(world.states).toEqual(['Running', 'Running']);
    for (const row of world.remediations) expect(row).not.toHaveProperty('batch');
  });

  it('that was put back, and starts alone by a newer event, is one of many no longer', async () => {
    const world = aWorld();
    await wait(world, 2);
    const { start } = world.runbooks;
    const { RemediatorError } = await import('../../../../shared/domain/errors.ts');
    world.runbooks.start = async () => {
      throw new RemediatorError('START_THROTTLED', 'Rate exceeded.');
    };
    await world.reconcile();
    world.runbooks.start = start;
    later(world, 1);
    expect(await world.pass({ resource: group(1), observedAt: new Date('2024-05-13T04:20:00Z') })).toBe(
      'started',
    );
    expect(world.remediations[0]).not.toHaveProperty('batch');
    expect(world.remediations[0]?.automationExecutionId).toBe(world.runbooks.executions[0]?.id);
  });

  it('that turned Green is settled without asking about the whole again and again', async () => {
    const world = aWorld({ maxConcurrent: 1 });
    await wait(world, 2);
    await world.reconcile();
    await world.pass({ resource: group(2), status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') });
    expect(world.remediations[1]?.nextActionAt).toBeDefined();
    later(world, 3);
    await world.reconcile();
    expect(world.remediations[1]?.nextActionAt).toBeUndefined();
  });
});

describe('one that a whole has no child for', () => {
  async function ended(lists: (world: World) => void): Promise<World> {
    const world = aWorld({ maxAttempts: 1 });
    await wait(world, 3);
    await world.reconcile();
    for (const { id } of [...world.runbooks.children]) world.runbooks.finish('Success', { id });
    lists(world);
    later(world, 3);
    return world;
  }

  /** The list of children lacks the last one. */
  function lag(world: World): void {
    const { childrenOf } = world.runbooks;
    world.runbooks.childrenOf = async (id) => (await childrenOf.call(world.runbooks, id)).slice(0, 2);
  }

  function endedAt(world: World, at: Date): void {
    const { get } = world.runbooks;
    world.runbooks.get = async (id, place) => {
      const found = await get.call(world.runbooks, id, place);
      return found && { ...found, endedAt: at };
    };
  }

  it('just after its end waits: the list of children may lag behind', async () => {
    const world = await ended(lag);
    endedAt(world, new Date(world.clock.now().getTime() - 59_000));
    await world.reconcile();
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Running']);
    later(world, 3);
    await world.reconcile();
    expect(world.remediations[2]).toMatchObject({ state: 'Failed', reasonCode: 'BATCH_STOPPED' });
  });

  it('is not given up while it is unknown what some children run for', async () => {
    const world = aWorld({ maxAttempts: 1, maxConcurrent: 50, maxErrors: '100%' });
    await wait(world, 30);
    await world.reconcile();
    for (const { id } of [...world.runbooks.children]) world.runbooks.finish('Success', { id });
    const { childrenOf } = world.runbooks;
    world.runbooks.childrenOf = async (id) =>
      (await childrenOf.call(world.runbooks, id)).map((child) => ({ ...child, target: '?' }));
    later(world, 3);
    await world.reconcile();
    expect(Object.groupBy(world.states, (state) => state)).toMatchObject({
      Resolved: { length: 20 },
      Running: { length: 10 },
    });
  });

  it('is given up with the whole where Systems Manager has forgotten it', async () => {
    const world = await ended(({ runbooks }) => {
      runbooks.executions.length = 0;
      runbooks.childrenOf = async () => [];
    });
    await world.reconcile();
    expect(world.remediations).toMatchObject(Array(3).fill({ state: 'Failed', reasonCode: 'BATCH_STOPPED' }));
    expect(world.remediations[0]?.parameters?.GroupId).toEqual([groupId(1)]);
  });
});
