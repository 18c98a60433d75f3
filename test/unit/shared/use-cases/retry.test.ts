import { describe, expect, it } from 'vitest';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Crash } from '../../../helpers/fakes-faults.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const BY = 'arn:aws:iam::012345678901:user/responder';
const seen = (time: string) => ({ observedAt: new Date(time) });

/** Ends the newest execution. */
async function fails(world: World): Promise<void> {
  const { id } = world.runbooks.executions.at(-1) ?? { id: '' };
  await world.close(world.runbooks.finish('Failed', { id, failureMessage: 'because' }));
}

describe('a failed attempt', () => {
  it('is followed by another one after its backoff, on the same OpsItem, up to maxAttempts', async () => {
    const world = aWorld({ maxAttempts: 3, retryAfterSeconds: 600 });
    await world.pass();
    await fails(world);
    expect(world.remediations.map(({ attempt, state }) => [attempt, state])).toEqual([
      ['000001-001', 'Failed'],
      ['000001-002', 'Deferred'],
    ]);
    expect(world.opsItems.all[0]?.data.next).toMatch(/^Attempt 2 of 3 begins at 2024-05-13T04:/);
    const wait = Date.parse(world.remediations[1]?.nextActionAt ?? '') - world.clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(300_000);
    expect(wait).toBeLessThanOrEqual(600_000);

    world.clock.advance(wait - 1);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    world.clock.advance(1);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
    await fails(world);
    world.clock.advance(20 * MINUTE);
    await world.reconcile();
    await fails(world);
    world.clock.advance(24 * 60 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(3);
    expect(world.states).toEqual(['Failed', 'Failed', 'Failed']);
    expect(world.opsItems.all).toHaveLength(1);
    expect(world.opsItems.all[0]).toMatchObject({
      status: 'Open',
      data: { next: 'No further attempt is made by itself.', result: expect.stringContaining('because') },
    });
  });

  it('a refresh of the finding does not bring the next attempt forward', async () => {
    const world = aWorld({ retryAfterSeconds: 600 });
    await world.pass();
    await fails(world);
    expect(await world.pass(seen('2024-05-13T04:11:00Z'))).not.toBe('started');
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('is decided anew when its time has come: a mapping that was switched off starts nothing more', async () => {
    const world = aWorld({ retryAfterSeconds: 60 });
    await world.pass();
    await fails(world);
    world.mappings.put({ checkName: '*', automationStatus: false });
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.states).toEqual(['Failed', 'Escalated']);
  });

  it('Green ends what waits', async () => {
    const world = aWorld();
    await world.pass();
    await fails(world);
    await world.pass({ ...seen('2024-05-13T05:00:00Z'), status: 'Green' });
    expect(world.states).toEqual(['Resolved', 'Resolved']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
    world.clock.advance(24 * 60 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'a crash %s any call while it is closed loses no retry and makes no second',
    async (when) => {
      for (let at = 1; at <= 8; at += 1) {
        const world = aWorld();
        await world.pass();
        const execution = world.runbooks.finish('Failed');
        world.faults.crash(when, at);
        await world.close(execution).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
        world.faults.heal();
        await world.close(execution);
        expect(world.states, `call ${at}`).toEqual(['Failed', 'Deferred']);
      }
    },
  );

  it('a person may ask for one more', async () => {
    const world = aWorld({ maxAttempts: 1 });
    await world.pass();
    await fails(world);
    const opsItemId = world.opsItems.all[0]?.id ?? '';
    await world.opsItems.update(opsItemId, { ...PLACE, data: { plain: { answer: 'retry' } } });
    const word = { ...PLACE, opsItemId, status: 'Open', by: BY };
    expect(await answerOpsItem(world.deps, word)).toBe('retried');
    expect(world.states).toEqual(['Failed', 'Running']);
    expect(await answerOpsItem(world.deps, word)).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(2);
  });
});

describe('a check that stays Red although the runbook succeeded', () => {
  async function succeeded(changes: Readonly<Record<string, unknown>> = {}): Promise<World> {
    const world = aWorld(changes);
    await world.pass();
    await world.close(world.runbooks.finish('Success'));
    expect(world.states).toEqual(['Resolved']);
    return world;
  }

  it('an older result changes nothing', async () => {
    const world = await succeeded();
    expect(await world.pass(seen('2024-05-13T04:10:01.999Z'))).toBe('unchanged');
  });

  it('a newer one begins the next attempt, on a new OpsItem, until there are too many', async () => {
    const world = await succeeded({ maxAttempts: 2 });
    expect(await world.pass(seen('2024-05-13T04:20:00Z'))).toBe('started');
    const { id } = world.runbooks.executions[1] ?? { id: '' };
    world.clock.advance(30 * MINUTE);
    await world.close(world.runbooks.finish('Success', { id }));
    expect(await world.pass(seen('2024-05-13T05:20:00Z'))).toBe('escalated');
    expect(await world.pass(seen('2024-05-13T06:20:00Z'))).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(2);
    expect(world.opsItems.all.map(({ status }) => status)).toEqual(['Resolved', 'Resolved', 'Open']);
    expect(world.opsItems.all[2]?.data.reason).toBe('ATTEMPTS_EXHAUSTED');
  });

  it('waits for the cool-down', async () => {
    const world = await succeeded({ coolDownSeconds: 3600 });
    expect(await world.pass(seen('2024-05-13T04:20:00Z'))).toBe('deferred');
    expect(world.remediations[1]).toMatchObject({
      reasonCode: 'COOLING_DOWN',
      nextActionAt: '2024-05-13T05:10:02.000Z',
    });
    world.clock.advance(60 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
  });
});

describe('a loop', () => {
  it('is escalated with its history, and left alone', async () => {
    const world = aWorld({ loop: { times: 3, withinHours: 24 } });
    for (let hour = 5; hour < 8; hour += 1) {
      expect(await world.pass(seen(`2024-05-13T0${hour}:00:00Z`))).toBe('started');
      const { id } = world.runbooks.executions.at(-1) ?? { id: '' };
      await world.close(world.runbooks.finish('Success', { id }));
      await world.pass({ ...seen(`2024-05-13T0${hour}:30:00Z`), status: 'Green' });
      world.clock.advance(60 * MINUTE);
    }
    expect(await world.pass(seen('2024-05-13T08:00:00Z'))).toBe('escalated');
    expect(world.runbooks.executions).toHaveLength(3);
    const open = world.opsItems.all.filter(({ status }) => status === 'Open');
    expect(open).toMatchObject([
      {
        data: {
          reason: 'LOOP_DETECTED',
          decision: expect.stringContaining('Something keeps changing it back'),
        },
      },
    ]);
    expect(await world.pass(seen('2024-05-13T09:00:00Z'))).toBe('unchanged');
  });
});

describe('the row of the next attempt', () => {
  it('is put although others write the finding at that moment', async () => {
    const world = aWorld();
    await world.pass();
    const { claim } = world.executions;
    let contended = 2;
    world.executions.claim = async (...args) =>
      contended-- > 0 ? { outcome: 'contended' } : claim.apply(world.executions, args);
    await fails(world);
    expect(world.states).toEqual(['Failed', 'Deferred']);
  });

  it('keeps its backoff through a pause', async () => {
    const world = aWorld({ retryAfterSeconds: 3600 });
    await world.pass();
    await fails(world);
    world.mappings.put({ checkName: '*', executionMode: 'off' });
    await world.pass(seen('2024-05-13T04:11:00Z'));
    expect(world.remediations[1]).toMatchObject({ state: 'Deferred', reasonCode: 'PAUSED' });
    world.mappings.put({ checkName: '*' });
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.remediations[1]).toMatchObject({ state: 'Deferred', reasonCode: 'RETRY' });
    expect(world.runbooks.executions).toHaveLength(1);
    world.clock.advance(60 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
  });
});
