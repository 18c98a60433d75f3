import { describe, expect, it } from 'vitest';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { DAY, MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, CHECK_NAME, GROUP_ID, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const PERSON = 'arn:aws:iam::012345678901:user/responder';
const OURSELVES = 'arn:aws:sts::012345678901:assumed-role/remediator/results-handler';

/** A person sets "answer" on the only OpsItem. */
async function says(world: World, answer: string): Promise<string> {
  const opsItemId = world.opsItems.all[0]?.id ?? '';
  await world.opsItems.update(opsItemId, { ...PLACE, data: { plain: { answer } } });
  return answerOpsItem(world.deps, { ...PLACE, opsItemId, status: 'Open', by: PERSON });
}

/** Whatever we write on the OpsItem is an event, too. */
function echo(world: World): Promise<string> {
  const opsItemId = world.opsItems.all[0]?.id ?? '';
  return answerOpsItem(world.deps, { ...PLACE, opsItemId, status: 'Open', by: OURSELVES });
}

async function fails(world: World): Promise<void> {
  const { id } = world.runbooks.executions.at(-1) ?? { id: '' };
  await world.close(world.runbooks.finish('Failed', { id }));
}

describe('an answer', () => {
  it('is taken off the OpsItem, which says what came of it', async () => {
    const world = aWorld({ executionMode: 'approval' });
    await world.pass();
    expect(await says(world, 'Approve')).toBe('approved');
    expect(world.opsItems.all[0]?.data.answer).toBe('approve: approved');
    expect(await echo(world)).toBe('unchanged');
  });

  it('that nothing comes of is told why', async () => {
    const world = aWorld({ executionMode: 'approval' });
    await world.pass();
    await says(world, 'reject');
    expect(await says(world, 'approve')).toBe('unchanged');
    expect(world.opsItems.all[0]?.data).toMatchObject({
      answer: 'approve: unchanged',
      note: '"approve" changed nothing: the attempt 000001-001 is Rejected (REJECTED).',
    });
  });

  it.each(['approve', 'retry', 'undo'])('"%s" on one that stands for several is told why', async (answer) => {
    const world = aWorld({ executionMode: 'notify', opsItem: { per: 'check' } });
    await world.pass();
    expect(await says(world, answer)).toBe('unchanged');
    expect(world.opsItems.all[0]?.data.note).toContain('stands for several findings');
  });

  it('"retry" gives one attempt, however often our own updates repeat the event', async () => {
    const world = aWorld({ maxAttempts: 1 });
    await world.pass();
    await fails(world);
    expect(await says(world, 'retry')).toBe('retried');
    for (let time = 1; time <= 3; time += 1) {
      await fails(world);
      expect(await echo(world)).toBe('unchanged');
    }
    expect(world.runbooks.executions).toHaveLength(2);
    // Said again, it is meant again.
    expect(await says(world, 'retry')).toBe('retried');
    expect(world.runbooks.executions).toHaveLength(3);
  });

  it('"approve" is a yes to one attempt, not to those that follow it', async () => {
    const world = aWorld({ executionMode: 'approval', retryAfterSeconds: 60 });
    await world.pass();
    await says(world, 'approve');
    await fails(world);
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(await echo(world)).toBe('unchanged');
    expect(world.states).toEqual(['Failed', 'AwaitingApproval']);
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('"approve" that came too late for its plan is no yes to the next one', async () => {
    const world = aWorld({ executionMode: 'approval' });
    await world.pass();
    world.mappings.put({
      ...world.mappings.rows.get(CHECK_NAME),
      automationParameters: JSON.stringify({ GroupId: ['sg-other'] }),
    });
    expect(await says(world, 'approve')).toBe('approved');
    // What it was a yes to is not what would be started now, so the person is asked about that.
    expect(world.states).toEqual(['AwaitingApproval']);
    expect(world.opsItems.all[0]?.data.parameters).toBe('{"GroupId":["sg-other"]}');
    expect(await echo(world)).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(0);
    expect(await says(world, 'approve')).toBe('approved');
    expect(world.runbooks.executions).toMatchObject([{ parameters: { GroupId: ['sg-other'] } }]);
    expect(world.runbooks.executions[0]?.parameters).not.toMatchObject({ GroupId: [GROUP_ID] });
  });

  it('"resume" closes the breakers that the person saw, and none that opens later', async () => {
    const failureBreaker = { failures: 1, withinMinutes: 60, trialAfterMinutes: 60 };
    const world = aWorld({ failureBreaker, maxAttempts: 1 });
    await world.pass();
    await fails(world);
    expect(world.guards.checks.get(CHECK_NAME)?.breaker).toBeDefined();
    expect(await says(world, 'resume')).toBe('resumed');
    expect(world.guards.checks.get(CHECK_NAME)?.breaker).toBeUndefined();
    await says(world, 'retry');
    await fails(world);
    await echo(world);
    expect(world.guards.checks.get(CHECK_NAME)?.breaker).toBeDefined();
  });
});

describe('a yes to what would no longer be started', () => {
  it('does not keep the question open for ever: without an answer to the new one it ends as every other', async () => {
    const world = aWorld({ executionMode: 'approval', approveWithinHours: 24 });
    await world.pass();
    world.clock.advance(DAY / 2);
    world.mappings.put({
      ...world.mappings.rows.get(CHECK_NAME),
      automationParameters: JSON.stringify({ GroupId: ['sg-other'] }),
    });
    await says(world, 'approve');
    world.clock.advance(DAY - 1);
    await world.reconcile();
    expect(world.states).toEqual(['AwaitingApproval']);
    world.clock.advance(1);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Rejected', reasonCode: 'APPROVAL_EXPIRED' });
    expect(world.runbooks.executions).toHaveLength(0);
  });
});
