import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { CHECK_NAME } from '../../../helpers/findings.ts';
import { finishAll, group, groupId, wait } from '../../../helpers/waiting.ts';

const slotsOf = (world: World) => Object.values(world.guards.checks.get(CHECK_NAME)?.batches ?? {});
const later = (world: World, minutes: number) => world.clock.advance(minutes * MINUTE);

describe('Systems Manager', () => {
  it('that takes no more starts is left alone until the next minute; then they start', async () => {
    const world = aWorld({ maxConcurrent: 10 });
    await wait(world, 3);
    world.runbooks.refusal = new RemediatorError('START_THROTTLED', 'Rate exceeded.');
    expect(await world.reconcile()).toEqual({ looked: 3, failures: [] });
    expect(world.faults.count('runbooks.start')).toBe(3);
    expect(world.remediations).toMatchObject(
      Array(3).fill({ state: 'Deferred', reasonCode: 'START_THROTTLED' }),
    );
    expect(slotsOf(world)).toEqual([]);
    expect(await world.pass({ resource: group(9) })).toBe('deferred');
    world.runbooks.refusal = undefined;
    later(world, 1);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.runbooks.executions[0]?.rateControl?.values).toHaveLength(4);
    await finishAll(world);
    expect(new Set(world.states)).toEqual(new Set(['Resolved']));
  });

  it('that refuses them together gets them one by one', async () => {
    const world = aWorld({ maxConcurrent: 10 });
    await wait(world, 3);
    const { start } = world.runbooks;
    world.runbooks.start = async (request) => {
      if (request.rateControl) throw new RemediatorError('RUNBOOK_REFUSED', 'It was not started.');
      return start.call(world.runbooks, request);
    };
    await world.reconcile();
    expect(slotsOf(world)).toEqual([]);
    expect(world.remediations).toMatchObject(
      Array(3).fill({ state: 'Deferred', reasonCode: 'BATCH_REFUSED' }),
    );
    later(world, 1);
    await world.reconcile();
    expect(world.runbooks.executions.map(({ parameters }) => parameters.GroupId?.[0])).toEqual(
      [1, 2, 3].map(groupId),
    );
    expect(new Set(world.runbooks.executions.map(({ clientToken }) => clientToken)).size).toBe(3);
    await finishAll(world);
    expect(new Set(world.states)).toEqual(new Set(['Resolved']));
  });

  it('whose answer to a start was lost is asked by the tag, and nothing is started twice', async () => {
    const world = aWorld({ maxConcurrent: 10 });
    await wait(world, 3);
    world.faults.loseAnswerOnce('runbooks.start', new Error('socket hang up'));
    expect((await world.reconcile()).failures).toHaveLength(1);
    later(world, 6);
    await world.reconcile();
    later(world, 1);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    await finishAll(world);
    expect(new Set(world.states)).toEqual(new Set(['Resolved']));
    expect(slotsOf(world)).toEqual([]);
  });
});
