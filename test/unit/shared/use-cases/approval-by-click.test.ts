import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/domain/finding.ts';
import { DAY, MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { aFinding, aMappingRow, GROUP_ARN } from '../../../helpers/findings.ts';

// A person pressed the custom action on a finding in Security Hub.

const BY = 'the custom action Remediate of Security Hub';
const click = (world: World): Partial<Finding> => ({
  approval: { by: BY, at: world.clock.now().toISOString() },
});
const approving = (changes: Readonly<Record<string, unknown>> = {}) =>
  aWorld({ executionMode: 'approval', ...changes });

/** The newest execution ends. */
async function ends(world: World, status: string): Promise<void> {
  const execution = world.runbooks.executions.at(-1);
  if (!execution) throw new Error('Nothing was started');
  execution.status = status;
  await world.close(execution);
}

describe('a click on a finding', () => {
  it('is the yes to what was asked, and the row says whose', async () => {
    const world = approving();
    expect(await world.pass()).toBe('asked');
    expect(await world.pass(click(world))).toBe('started');
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.remediation).toMatchObject({ state: 'Running', approval: { by: BY } });
    expect(world.opsItems.all[0]?.data.reason).toBe('APPROVED');
  });

  it('is a yes in advance, where it is the first that is heard of the finding', async () => {
    const world = approving();
    expect(await world.pass(click(world))).toBe('started');
    expect(world.remediation).toMatchObject({ approval: { by: BY } });
  });

  it('is a yes to no other finding', async () => {
    const world = approving();
    await world.pass(click(world));
    expect(await world.pass({ resource: `${GROUP_ARN}-other` })).toBe('asked');
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it.each([
    ['notify', 'escalated'],
    ['dryRun', 'dry run'],
    ['off', 'suppressed'],
  ])('overrules no mode: %s', async (executionMode, outcome) => {
    const world = aWorld({ executionMode });
    expect(await world.pass(click(world))).toBe(outcome);
    expect(world.runbooks.executions).toEqual([]);
    expect(world.remediation.approval).toBeUndefined();
  });

  it('overrules no exception', async () => {
    const world = approving();
    world.exceptions.rows.push({
      resource: GROUP_ARN,
      checkName: '*',
      owner: 'team',
      reason: 'open on purpose',
    });
    expect(await world.pass(click(world))).toBe('suppressed');
    expect(world.runbooks.executions).toEqual([]);
  });

  it('that waits for a window is a yes to the plan of that day, and to no other', async () => {
    // The clock stands at 04:10.
    const windows = [{ hours: '* 5 * * *', timeZone: 'UTC' }];
    const world = approving({ windows });
    expect(await world.pass(click(world))).toBe('deferred');
    expect(world.remediation.approval).toMatchObject({ by: BY });
    world.mappings.put(
      aMappingRow({ executionMode: 'approval', windows, automationParameters: '{"GroupId":["sg-other"]}' }),
    );
    world.clock.advance(55 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toEqual([]);
    expect(world.states).toEqual(['AwaitingApproval']);
  });

  it('that waits for a window starts when it opens', async () => {
    const world = approving({
      windows: [{ hours: '* 5 * * *', timeZone: 'UTC' }],
    });
    await world.pass(click(world));
    world.clock.advance(55 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('given while something else held it back is written down at once', async () => {
    const windows = [{ hours: '* 5 * * *', timeZone: 'UTC' }];
    const world = aWorld({ windows });
    await world.pass();
    world.mappings.put(aMappingRow({ executionMode: 'approval', windows }));
    await world.pass(click(world));
    expect(world.states).toEqual(['Deferred']);
    expect(world.remediation.approval).toMatchObject({ by: BY });
  });

  it('is a yes to one attempt: the next is asked about', async () => {
    const world = approving({ maxAttempts: 2, retryAfterSeconds: 60 });
    await world.pass(click(world));
    await ends(world, 'Failed');
    world.clock.advance(2 * MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Failed', 'AwaitingApproval']);
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('holds as long as an answer would: not for ever', async () => {
    const world = approving({ approveWithinHours: 24 });
    const approval = { by: BY, at: world.clock.now().toISOString() };
    world.clock.advance(DAY);
    expect(await world.pass({ approval })).toBe('asked');
  });

  it('does not outlive the episode', async () => {
    const world = approving();
    await world.pass(click(world));
    await ends(world, 'Success');
    const later = (minutes: number) => ({
      observedAt: new Date(aFinding().observedAt.getTime() + minutes * MINUTE),
    });
    await world.pass({ ...later(10), status: 'Green' });
    expect(await world.pass(later(20))).toBe('asked');
  });
});
