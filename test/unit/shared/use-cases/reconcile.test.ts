import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, aWorldWithoutMapping, type World } from '../../../helpers/fakes-world.ts';

const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };

/** A world whose handler died after a call and never came back; time has passed since. */
async function abandoned(world: World, call: string): Promise<World> {
  const record = await world.record();
  world.faults.crashOn('after', call);
  await expect(world.handle(record)).rejects.toThrow();
  world.faults.heal();
  world.clock.advance(6 * MINUTE);
  return world;
}

describe('an unfinished start', () => {
  it('is left alone while its handler may still be at it', async () => {
    const world = await abandoned(aWorld(), 'executions.claim');
    world.clock.advance(-5 * MINUTE);
    expect(await world.reconcile()).toEqual({ looked: 0, failures: [] });
    expect(world.states).toEqual(['Starting']);
  });

  it.each(['executions.claim', 'guards.takeOpsItem', 'opsItems.create', 'runbooks.start'])(
    'after %s is taken up: one OpsItem, one execution, Running',
    async (call) => {
      const world = await abandoned(aWorld(), call);
      world.runbooks.remembersTokens = false;
      expect(await world.reconcile()).toEqual({ looked: 1, failures: [] });
      expect(world.states).toEqual(['Running']);
      expect(world.runbooks.executions).toHaveLength(1);
      expect(world.opsItems.all).toHaveLength(1);
    },
  );

  it('is decided anew: a mapping that was switched off meanwhile starts nothing', async () => {
    const world = await abandoned(aWorld(), 'executions.claim');
    world.mappings.put({ checkName: '*', automationStatus: false });
    await world.reconcile();
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toMatchObject([{ data: { reason: 'MAPPING_DISABLED' } }]);
    expect(world.remediation).toMatchObject({ state: 'Escalated' });
    expect(await world.reconcile()).toEqual({ looked: 0, failures: [] });
  });

  it('of a finding that is Green by now: the OpsItem resolves, nothing starts', async () => {
    const world = await abandoned(aWorld(), 'opsItems.create');
    await world.track({ ...LATER, status: 'Green' });
    await world.reconcile();
    expect(world.states).toEqual(['Resolved']);
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });

  it('of an earlier episode is history', async () => {
    const world = await abandoned(aWorld(), 'executions.claim');
    await world.track({ ...LATER, status: 'Green' });
    await world.track({ observedAt: new Date('2024-05-13T06:00:00Z') });
    await world.reconcile();
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      stateReason: expect.stringContaining('SUPERSEDED'),
    });
    expect(world.runbooks.executions).toEqual([]);
  });

  it('of a finding whose row is gone is history', async () => {
    const world = await abandoned(aWorld(), 'executions.claim');
    world.checks.rows.clear();
    await world.reconcile();
    expect(world.states).toEqual(['Resolved']);
  });
});

describe('an unfinished escalation', () => {
  it('whose OpsItem could not be made is taken up: people are told', async () => {
    const world = await abandoned(aWorldWithoutMapping(), 'executions.claim');
    expect(world.opsItems.all).toEqual([]);
    expect(await world.reconcile()).toEqual({ looked: 1, failures: [] });
    expect(world.opsItems.all).toMatchObject([{ status: 'Open', data: { reason: 'MAPPING_NOT_FOUND' } }]);
    expect(world.remediation).toMatchObject({ state: 'Escalated', opsItemId: world.opsItems.all[0]?.id });
    expect(await world.reconcile()).toEqual({ looked: 0, failures: [] });
  });

  it('starts, where a mapping has been added meanwhile', async () => {
    const world = await abandoned(aWorldWithoutMapping(), 'opsItems.create');
    for (const row of aWorld().mappings.rows.values()) world.mappings.put(row);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
    expect(world.opsItems.all).toMatchObject([{ data: { reason: 'MAPPED' } }]);
  });
});

describe('a running execution', () => {
  async function running(): Promise<World> {
    const world = aWorld({ maxAttempts: 1 });
    await world.pass();
    world.clock.advance(11 * MINUTE);
    return world;
  }

  it('whose completion event never came (lost, or sent in a region without our rule) is closed', async () => {
    const world = await running();
    world.runbooks.finish('Success');
    expect(await world.reconcile()).toEqual({ looked: 1, failures: [] });
    expect(world.states).toEqual(['Resolved']);
    expect(world.opsItems.all).toMatchObject([
      { status: 'Resolved', data: { result: expect.stringMatching(/^SUCCEEDED: Success/) } },
    ]);
  });

  it('that failed unheard leaves its OpsItem open, with the reason', async () => {
    const world = await running();
    world.runbooks.finish('Failed', { failureMessage: 'because' });
    await world.reconcile();
    expect(world.states).toEqual(['Failed']);
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', data: { result: expect.stringContaining('because') } },
    ]);
  });

  it('that goes on is asked again later, not each minute', async () => {
    const world = await running();
    await world.reconcile();
    expect(await world.reconcile()).toEqual({ looked: 0, failures: [] });
    world.clock.advance(11 * MINUTE);
    expect((await world.reconcile()).looked).toBe(1);
    expect(world.states).toEqual(['Running']);
  });

  it('that Systems Manager has forgotten is no success', async () => {
    const world = await running();
    world.runbooks.executions.length = 0;
    await world.reconcile();
    expect(world.states).toEqual(['Failed']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
  });
});

describe('failures', () => {
  async function threeRunning(): Promise<World> {
    const world = aWorld({ regexPattern: '.*' });
    for (const name of ['sg-1', 'sg-2', 'sg-3']) await world.pass({ resource: name });
    world.clock.advance(11 * MINUTE);
    for (const execution of world.runbooks.executions) execution.status = 'Success';
    return world;
  }

  it("one row's failure never stops another's, and is tried again later", async () => {
    const world = await threeRunning();
    world.faults.failOnce('runbooks.get', awsError('ThrottlingException'));
    const report = await world.reconcile();
    expect(report).toMatchObject({
      looked: 3,
      failures: [expect.objectContaining({ name: 'ThrottlingException' })],
    });
    expect(world.states.toSorted()).toEqual(['Resolved', 'Resolved', 'Running']);
    world.clock.advance(11 * MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Resolved', 'Resolved', 'Resolved']);
  });

  it('not even where putting it off fails too', async () => {
    const world = await threeRunning();
    world.faults.failOnce('runbooks.get', awsError('ThrottlingException'));
    world.faults.failOnce('executions.amend', awsError('ProvisionedThroughputExceededException'));
    const report = await world.reconcile();
    expect(report.looked).toBe(3);
    expect(report.failures).toEqual([expect.any(AggregateError)]);
    expect(world.states.toSorted()).toEqual(['Resolved', 'Resolved', 'Running']);
  });

  it('a row that is in the index and gone from the table stops nobody', async () => {
    const world = await threeRunning();
    const [gone] = world.remediations;
    const { listDue } = world.executions;
    world.executions.listDue = async (...args) => {
      const due = await listDue.apply(world.executions, args);
      world.executions.rows.delete(JSON.stringify([gone?.findingId, gone?.attempt]));
      return due;
    };
    expect((await world.reconcile()).looked).toBe(3);
    expect(world.states).toEqual(['Resolved', 'Resolved']);
  });

  it('rows that fail always do not keep others from being looked at', async () => {
    const world = aWorld({ regexPattern: '.*' });
    for (let n = 1; n <= 30; n += 1) {
      await world.pass({ resource: `sg-${n}` });
      world.clock.advance(1);
    }
    world.clock.advance(11 * MINUTE);
    const { get } = world.runbooks;
    world.runbooks.get = async (id, place) => {
      if (Number(id.slice(-12)) <= 25) throw awsError('ThrottlingException');
      return get.call(world.runbooks, id, place);
    };
    for (const execution of world.runbooks.executions) execution.status = 'Success';
    await world.reconcile();
    await world.reconcile();
    expect(world.states.filter((state) => state === 'Resolved')).toHaveLength(5);
  });
});

describe('what the index shows late', () => {
  it('a row that has been resolved since: no OpsItem is touched, nothing is due for ever', async () => {
    const world = aWorld();
    await world.pass();
    world.clock.advance(11 * MINUTE);
    const stale = await world.executions.listDue(world.clock.now(), 25);
    await world.close(world.runbooks.finish('Success'));
    const before = structuredClone(world.opsItems.all[0]?.status);
    world.executions.listDue = async () => stale;
    await world.reconcile();
    expect(world.opsItems.all[0]?.status).toBe(before);
    expect(world.states).toEqual(['Resolved']);
    expect(world.remediation.nextActionAt).toBeUndefined();
  });
});
