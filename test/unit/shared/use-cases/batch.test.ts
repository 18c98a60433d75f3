import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { CHECK_NAME, ROLE_ARN, RUNBOOK } from '../../../helpers/findings.ts';
import { finishAll, group, groupId, runs, wait } from '../../../helpers/waiting.ts';

const slotsOf = (world: World) => Object.values(world.guards.checks.get(CHECK_NAME)?.batches ?? {});
const later = (world: World, minutes: number) => world.clock.advance(minutes * MINUTE);

describe('findings of one check that wait together', () => {
  it('start as one rate-controlled execution, and each keeps its row and its OpsItem', async () => {
    const world = aWorld({ maxErrors: '3' });
    await wait(world, 5);
    expect(world.runbooks.executions).toEqual([]);
    expect(await world.reconcile()).toEqual({ looked: 5, failures: [] });
    const [execution, ...others] = world.runbooks.executions;
    expect(others).toEqual([]);
    expect(execution).toMatchObject({
      document: RUNBOOK,
      parameters: { AutomationAssumeRole: [ROLE_ARN] },
      rateControl: {
        parameter: 'GroupId',
        values: [1, 2, 3, 4, 5].map(groupId),
        maxConcurrency: '10',
        maxErrors: '3',
      },
      tags: { [`remediator:token:${execution?.clientToken}`]: 'remediator' },
    });
    expect(Object.keys(execution?.tags ?? {}).length).toBeLessThanOrEqual(5);
    expect(world.remediations).toHaveLength(5);
    for (const row of world.remediations) {
      expect(row).toMatchObject({
        state: 'Running',
        reasonCode: 'MAPPED',
        automationExecutionId: execution?.id,
        batch: { token: execution?.clientToken, parameter: 'GroupId', executionId: execution?.id },
      });
      expect(row.parameters).toMatchObject({ AutomationAssumeRole: [ROLE_ARN] });
    }
    expect(new Set(world.remediations.map(({ opsItemId }) => opsItemId)).size).toBe(5);
    expect(world.opsItems.all).toHaveLength(5);
    for (const { data } of world.opsItems.all) expect(data.reason).toBe('MAPPED');
  });

  it("a child's end closes its row at once, with the child's own ID", async () => {
    const world = aWorld({ maxAttempts: 1 });
    await wait(world, 3);
    await world.reconcile();
    const [first, second] = world.runbooks.children;
    expect(await world.close(world.runbooks.finish('Success', { id: first?.id ?? '' }))).toBe('resolved');
    expect(
      await world.close(world.runbooks.finish('Failed', { id: second?.id ?? '', failureMessage: 'because' })),
    ).toBe('left open');
    expect(world.states).toEqual(['Resolved', 'Failed', 'Running']);
    expect(world.remediations).toMatchObject([
      { automationExecutionId: first?.id },
      { automationExecutionId: second?.id, stateReason: expect.stringContaining('because') },
      { automationExecutionId: world.runbooks.executions[0]?.id },
    ]);
    expect(world.opsItems.all.map(({ status }) => status)).toEqual(['Resolved', 'Open', 'Open']);
    expect(await world.close(world.runbooks.finish('Success', { id: first?.id ?? '' }))).toBe('unchanged');
  });

  it("a child's end that comes before the rows have their execution is caught up with", async () => {
    const world = aWorld();
    await wait(world, 2);
    world.faults.crashOn('after', 'runbooks.start');
    await world.reconcile().catch(() => undefined);
    world.faults.heal();
    await finishAll(world);
    expect(world.states).toEqual(['Starting', 'Starting']);
    later(world, 6);
    await world.reconcile();
    later(world, 1);
    await world.reconcile();
    expect(world.states).toEqual(['Resolved', 'Resolved']);
    expect(runs(world)).toEqual(
      new Map([
        ['sg-1', 1],
        ['sg-2', 1],
      ]),
    );
  });

  it('ends that nobody heard of are asked for, all of them together', async () => {
    const world = aWorld();
    await wait(world, 12);
    await world.reconcile();
    for (let n = 0; n < 12; n += 1)
      world.runbooks.finish('Success', { id: world.runbooks.children[n]?.id ?? '' });
    later(world, 3);
    const before = world.faults.count('runbooks.childrenOf');
    expect(await world.reconcile()).toEqual({ looked: 12, failures: [] });
    expect(world.faults.count('runbooks.childrenOf') - before).toBe(1);
    expect(new Set(world.states)).toEqual(new Set(['Resolved']));
    const ids = world.remediations.map(({ automationExecutionId }) => automationExecutionId);
    expect(ids.toSorted()).toEqual(world.runbooks.children.map(({ id }) => id).toSorted());
  });

  it('those that go on get the IDs of their children, and are asked about again later', async () => {
    const world = aWorld({ maxConcurrent: 2 });
    await wait(world, 3);
    await world.reconcile();
    later(world, 3);
    await world.reconcile();
    const ids = world.remediations.map(({ automationExecutionId }) => automationExecutionId);
    const [first, second] = world.runbooks.children;
    expect(ids).toEqual([first?.id, second?.id, world.runbooks.executions[0]?.id]);
    expect(await world.reconcile()).toEqual({ looked: 0, failures: [] });
    await finishAll(world);
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Resolved']);
    expect(slotsOf(world)).toEqual([]);
  });

  it("are followed although Systems Manager spells a child's target otherwise", async () => {
    const world = aWorld();
    await wait(world, 12);
    await world.reconcile();
    for (let n = 0; n < 12; n += 1)
      world.runbooks.finish('Success', { id: world.runbooks.children[n]?.id ?? '' });
    const { childrenOf } = world.runbooks;
    world.runbooks.childrenOf = async (id) => {
      const children = await childrenOf.call(world.runbooks, id);
      return children.map((child, n) => ({
        ...child,
        target: n % 2 ? `{GroupId=[${child.target}]}` : 'nobody knows',
      }));
    };
    later(world, 3);
    await world.reconcile();
    expect(new Set(world.states)).toEqual(new Set(['Resolved']));
  });

  it('that failed too often stop the others, which were not tried: their attempts are made anew', async () => {
    const failureBreaker = { failures: 3, withinMinutes: 60 };
    const world = aWorld({ maxErrors: '1', maxConcurrent: 1, failureBreaker, retryAfterSeconds: 60 });
    await wait(world, 4);
    await world.reconcile();
    for (const n of [0, 1]) {
      const child = world.runbooks.children[n];
      await world.close(world.runbooks.finish('Failed', { id: child?.id ?? '' }));
    }
    const [whole] = world.runbooks.executions;
    expect(whole?.status).toBe('Failed');
    expect(whole && (await world.close(whole))).toBe('batch ended');
    expect(world.remediations.map(({ state, reasonCode }) => `${state} ${reasonCode}`).toSorted()).toEqual([
      ...Array(4).fill('Deferred RETRY'),
      ...Array(2).fill('Failed BATCH_STOPPED'),
      ...Array(2).fill('Failed RUNBOOK_FAILED'),
    ]);
    expect(Object.keys(world.guards.checks.get(CHECK_NAME)?.failures ?? {})).toHaveLength(2);
    expect(world.guards.checks.get(CHECK_NAME)?.breaker).toBeUndefined();
    later(world, 2);
    await world.reconcile();
    expect(world.runbooks.executions.at(-1)?.rateControl?.values.toSorted()).toEqual(
      [1, 2, 3, 4].map(groupId),
    );
  });

  it('that a person stops are cancelled, those that never ran too', async () => {
    const world = aWorld({ maxConcurrent: 1 });
    await wait(world, 3);
    await world.reconcile();
    const [whole] = world.runbooks.executions;
    const id = whole?.id ?? '';
    world.runbooks.finish('Cancelled', { id });
    await world.close(world.runbooks.finish('Cancelled', { id: world.runbooks.children[0]?.id ?? '' }));
    if (whole) await world.close(whole);
    expect(world.states).toEqual(['Cancelled', 'Cancelled', 'Cancelled']);
    expect(slotsOf(world)).toEqual([]);
  });

  it('a finding that turned Green meanwhile is left out', async () => {
    const world = aWorld();
    await wait(world, 3);
    const { begin } = world.executions;
    world.executions.begin = async (...args) => {
      world.executions.begin = begin;
      await world.track({
        resource: group(2),
        status: 'Green',
        observedAt: new Date('2024-05-13T04:09:00Z'),
      });
      return begin.apply(world.executions, args);
    };
    await world.reconcile();
    expect(world.runbooks.executions[0]?.rateControl?.values).toEqual(['sg-1', 'sg-3']);
    expect(world.states).toEqual(['Running', 'Resolved', 'Running']);
    expect(world.remediations[1]?.reasonCode).toBe('SUPERSEDED');
  });

  it('whose findings all turned Green start nothing and hold no slots', async () => {
    const world = aWorld({ maxConcurrent: 5 });
    await wait(world, 2);
    const { begin } = world.executions;
    world.executions.begin = async (...args) => {
      for (const n of [1, 2])
        await world.track({
          resource: group(n),
          status: 'Green',
          observedAt: new Date('2024-05-13T04:09:00Z'),
        });
      return begin.apply(world.executions, args);
    };
    await world.reconcile();
    expect(world.runbooks.executions).toEqual([]);
    expect(slotsOf(world)).toEqual([]);
    expect(world.states).toEqual(['Resolved', 'Resolved']);
  });

  it('Green while the whole goes on: the row is over, and its end is no news', async () => {
    const world = aWorld({ maxConcurrent: 1 });
    await wait(world, 2);
    await world.reconcile();
    await world.pass({ resource: group(2), status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') });
    expect(world.states).toEqual(['Running', 'Resolved']);
    later(world, 3);
    await world.reconcile();
    expect(slotsOf(world)).toMatchObject([{ slots: 1 }]);
    await finishAll(world);
    expect(world.states).toEqual(['Resolved', 'Resolved']);
    expect(slotsOf(world)).toEqual([]);
  });
});
