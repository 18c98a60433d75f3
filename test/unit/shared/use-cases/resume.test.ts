import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Crash } from '../../../helpers/fakes-faults.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { CHECK_NAME } from '../../../helpers/findings.ts';

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
});
