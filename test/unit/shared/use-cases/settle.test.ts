import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld } from '../../../helpers/fakes-world.ts';
import { CHECK_NAME } from '../../../helpers/findings.ts';

describe('a failure', () => {
  it('counts when it happens, and not again when its finding turns Green', async () => {
    const world = aWorld({
      failureBreaker: { failures: 2, withinMinutes: 60 },
      maxAttempts: 1,
      opsItem: { per: 'check' },
    });
    const failures = () => Object.keys(world.guards.checks.get(CHECK_NAME)?.failures ?? {});
    await world.pass();
    await world.close(world.runbooks.finish('Failed'));
    expect(failures()).toHaveLength(1);
    await world.guards.write(CHECK_NAME, {
      ...(await world.guards.read(CHECK_NAME, world.remediation)).guard,
      failures: {},
    });
    world.clock.advance(120 * MINUTE);
    await world.pass({ status: 'Green', observedAt: world.clock.now() });
    expect(world.states).toEqual(['Resolved']);
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(failures()).toEqual([]);
    expect(world.remediation.nextActionAt).toBeUndefined();
  });
});
