import { describe, expect, it } from 'vitest';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aFinding, GROUP_ARN, REGION } from '../../../helpers/findings.ts';
import { group } from '../../../helpers/waiting.ts';

const CONTROL = { checkName: 'Security groups should not …', checkId: 'EC2.19' };

describe("a check's other names", () => {
  it.each([
    ['EC2.19', CONTROL],
    ['standard/EC2.19', { ...CONTROL, checkAliases: ['standard/EC2.19'] }],
    ['restricted-ssh', { checkName: 'securityhub-restricted-ssh-l6dseq' }],
    ['INCOMING_SSH_DISABLED', { checkName: 'restricted-ssh-conformance-pack-a1b2c3d4e' }],
  ])('the row %s is found for %j', async (row, check) => {
    const world = aWorld({ checkName: row });
    expect(await world.pass(check)).toBe('started');
  });

  it('an exception of the ID holds', async () => {
    const world = aWorld({ checkName: 'EC2.19' });
    world.exceptions.rows.push({
      resource: GROUP_ARN,
      checkName: 'EC2.19',
      owner: 'team',
      reason: 'open on purpose',
    });
    expect(await world.pass(CONTROL)).toBe('suppressed');
  });

  it('a Green that is none because the problem is gone says why', async () => {
    const world = aWorld({ executionMode: 'notify' });
    await world.pass();
    const observedAt = new Date(aFinding().observedAt.getTime() + MINUTE);
    await world.pass({ status: 'Green', statusReason: 'SUPPRESSED: a person suppressed it', observedAt });
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      stateReason: expect.stringContaining('Green (SUPPRESSED: a person suppressed it) at'),
    });
  });

  describe('where several findings wait together', () => {
    async function waiting(mapping: Readonly<Record<string, unknown>>): Promise<World> {
      const world = aWorld({ checkName: 'EC2.19', maxAttempts: 1, ...mapping });
      world.guards.throttled.set(`${ACCOUNT} ${REGION}`, new Date(world.clock.now().getTime() + MINUTE));
      for (const n of [1, 2, 3]) await world.pass({ ...CONTROL, resource: group(n) });
      world.clock.advance(MINUTE);
      return world;
    }

    it('the trial of an open breaker is one of them', async () => {
      const world = await waiting({
        failureBreaker: { failures: 1, withinMinutes: 5, trialAfterMinutes: 1 },
      });
      const breaker = { openedAt: new Date(world.clock.now().getTime() - MINUTE).toISOString() };
      world.guards.checks.set(CONTROL.checkName, { ...NO_GUARD, version: 1, breaker });
      await world.reconcile();
      expect(world.states.toSorted()).toEqual(['Deferred', 'Deferred', 'Running']);
    });

    it('what is over a limit says so, and is not asked about again and again', async () => {
      const world = await waiting({ maxPerHour: 1 });
      const starts = { other: world.clock.now().toISOString() };
      world.guards.checks.set(CONTROL.checkName, { ...NO_GUARD, version: 1, starts });
      await world.reconcile();
      expect(world.remediations.map(({ reasonCode }) => reasonCode)).toEqual(Array(3).fill('HOURLY_LIMIT'));
    });
  });
});
