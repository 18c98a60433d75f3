import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Crash } from '../../../helpers/fakes-faults.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { aMappingRow, CHECK_NAME } from '../../../helpers/findings.ts';

/** A world whose handler died between its claim and its start. */
async function claimed(changes: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = aWorld(changes);
  world.faults.failOnce('runbooks.start', new Crash('before runbooks.start'));
  await expect(world.pass()).rejects.toBeInstanceOf(Crash);
  expect(world.states).toEqual(['Starting']);
  return world;
}

describe('a claim whose handler did not come back', () => {
  it('counts in the hour in which it starts after all, not in that of the claim', async () => {
    const world = await claimed({ maxPerHour: 1 });
    world.clock.advance(50 * MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
    world.clock.advance(20 * MINUTE);
    expect(await world.pass({ resource: 'sg-2' })).toBe('deferred');
    expect(world.remediations[1]?.reasonCode).toBe('HOURLY_LIMIT');
  });

  it('gives its slot back where it may not start any more', async () => {
    const world = await claimed({ maxConcurrent: 1 });
    world.mappings.put({ checkName: '*', executionMode: 'off' });
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Deferred', reasonCode: 'PAUSED' });
    expect(world.guards.checks.get(CHECK_NAME)?.running).toEqual({});
  });

  it('gives back at its end what it was counted for by the limits of now', async () => {
    const world = await claimed();
    world.mappings.put(aMappingRow({ maxConcurrent: 1 }));
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(Object.keys(world.guards.checks.get(CHECK_NAME)?.running ?? {})).toHaveLength(1);
    await world.close(world.runbooks.finish('Success'));
    expect(world.guards.checks.get(CHECK_NAME)?.running).toEqual({});
  });

  it('starts nothing where the finding has turned Green, although the record does not know it', async () => {
    const world = aWorld({ maxConcurrent: 1 });
    const record = await world.record();
    world.faults.failOnce('runbooks.start', new Crash('before runbooks.start'));
    await expect(world.handle(record)).rejects.toBeInstanceOf(Crash);
    const green = await world.record({ status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') });
    expect(await world.handle(record)).toBe('superseded');
    await world.handle(green);
    expect(world.states).toEqual(['Resolved']);
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });
});

describe('an OpsItem that was opened before its row could name it', () => {
  it('stays that of the finding, although its check has a storm by now', async () => {
    const world = aWorld({ stopAfter: { findings: 1, withinMinutes: 30 } });
    const record = await world.record();
    world.faults.failOnce('runbooks.start', new Crash('before runbooks.start'));
    await expect(world.handle(record)).rejects.toBeInstanceOf(Crash);
    await world.pass({ resource: 'arn:aws:ec2:ap-southeast-2:012345678901:security-group/sg-2' });
    await world.handle(record);
    expect(world.remediations[0]).toMatchObject({
      reasonCode: 'STORM_STOPPED',
      opsItemId: world.opsItems.all[0]?.id,
      sharesOpsItem: false,
    });
  });

  it('says that the finding is left alone, where it is by now', async () => {
    const world = aWorld();
    const record = await world.record();
    world.faults.failOnce('runbooks.start', new Crash('before runbooks.start'));
    await expect(world.handle(record)).rejects.toBeInstanceOf(Crash);
    world.mappings.put({ ...world.mappings.rows.get(record.checkName), executionMode: 'off' });
    await world.handle(record);
    expect(world.remediation).toMatchObject({ state: 'Suppressed', opsItemId: world.opsItems.all[0]?.id });
    expect(world.opsItems.all[0]?.data.reason).toBe('MODE_OFF');
  });
});
