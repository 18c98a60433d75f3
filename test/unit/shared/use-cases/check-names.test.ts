import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld } from '../../../helpers/fakes-world.ts';
import { aFinding, GROUP_ARN } from '../../../helpers/findings.ts';

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
});
