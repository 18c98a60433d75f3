import { describe, expect, it } from 'vitest';
import type { RunbookParameters } from '../../../../shared/domain/template.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aMappingRow, GROUP_ID, REGION, RUNBOOK } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const BY = 'arn:aws:iam::012345678901:user/responder';
const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };
const HOUR = 60 * MINUTE;

/** A world in which a person has been asked. */
async function asked(changes: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = aWorld({ executionMode: 'approval', ...changes });
  expect(await world.pass()).toBe('asked');
  return world;
}

/** A person sets `answer` on the world's first OpsItem. */
async function answers(world: World, answer: string): Promise<string> {
  const opsItemId = world.opsItems.all[0]?.id ?? '';
  await world.opsItems.update(opsItemId, { ...PLACE, data: { plain: { answer } } });
  return answerOpsItem(world.deps, { ...PLACE, opsItemId, status: 'Open', by: BY });
}

describe('approval', () => {
  it('asks with the runbook, its exact parameters and how to answer; nothing starts', async () => {
    const world = await asked();
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toMatchObject([
      {
        status: 'Open',
        runbook: RUNBOOK,
        data: {
          reason: 'APPROVAL_NEEDED',
          runbook: RUNBOOK,
          parameters: expect.stringContaining(GROUP_ID),
          decision: expect.stringContaining('"answer"'),
        },
      },
    ]);
    expect(world.remediation).toMatchObject({ state: 'AwaitingApproval' });
  });

  it('yes: it starts, and the row says who said so', async () => {
    const world = await asked();
    expect(await answers(world, ' Approve ')).toBe('approved');
    expect(world.states).toEqual(['Running']);
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.remediation.approval).toMatchObject({ by: BY, at: world.clock.now().toISOString() });
    expect(world.opsItems.all[0]?.data).toMatchObject({
      reason: 'APPROVED',
      decision: expect.stringContaining(BY),
    });
  });

  it('said twice is done once', async () => {
    const world = await asked();
    await answers(world, 'approve');
    expect(await answers(world, 'approve')).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('a yes whose handler died is followed within a minute', async () => {
    const world = await asked();
    world.faults.crashOn('after', 'executions.amend');
    await expect(answers(world, 'approve')).rejects.toThrow();
    world.faults.heal();
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
  });

  it('no: nothing starts, the OpsItem stays open and says so; a refresh does not ask again', async () => {
    const world = await asked();
    expect(await answers(world, 'reject')).toBe('rejected');
    expect(world.remediation).toMatchObject({ state: 'Rejected', reasonCode: 'REJECTED' });
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', data: { result: expect.stringContaining(BY) } },
    ]);
    expect(await world.pass(LATER)).toBe('unchanged');
    expect(await answers(world, 'approve')).toBe('unchanged');
    expect(world.runbooks.executions).toEqual([]);
  });

  it('no answer in time: nothing is done, and it says so', async () => {
    const world = await asked({ approveWithinHours: 2 });
    world.clock.advance(2 * HOUR - 1);
    await world.reconcile();
    expect(world.states).toEqual(['AwaitingApproval']);
    world.clock.advance(1);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Rejected', reasonCode: 'APPROVAL_EXPIRED' });
    expect(world.opsItems.all[0]?.data.result).toContain('Nobody answered in time');
    expect(world.runbooks.executions).toEqual([]);
    expect(await answers(world, 'approve')).toBe('unchanged');
  });

  it('a refresh does not put off the end of the time to answer', async () => {
    const world = await asked({ approveWithinHours: 2 });
    const until = world.remediation.answerBy;
    world.clock.advance(HOUR);
    expect(await world.pass(LATER)).toBe('unchanged');
    expect(world.remediation.answerBy).toBe(until);
  });

  it('a yes is to what was shown: parameters that changed meanwhile are asked for anew', async () => {
    const world = await asked();
    const before = { ...world.opsItems.all[0]?.data };
    world.mappings.put(
      aMappingRow({ executionMode: 'approval', automationParameters: '{"GroupId":["$resourceId"]}' }),
    );
    await world.pass(LATER);
    expect(world.opsItems.all[0]?.data.parameters).not.toBe(before.parameters);
    // The answer to the older question arrives now.
    Object.assign(world.opsItems.all[0]?.data ?? {}, { plan: before.plan });
    expect(await answers(world, 'approve')).toBe('unchanged');
    expect(world.runbooks.executions).toEqual([]);
  });

  it('a yes of an earlier attempt is none to the next one', async () => {
    const world = await asked({ retryAfterSeconds: 60 });
    await answers(world, 'approve');
    await world.close(world.runbooks.finish('Failed'));
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Failed', 'AwaitingApproval']);
    // The OpsItem still carries the answer to the first one.
    expect(await answers(world, 'approve')).toBe('approved');
    expect(world.states).toEqual(['Failed', 'Running']);
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it('approved outside its window: it waits for the window, and is not asked again', async () => {
    const world = await asked({ windows: [{ hours: '* 6 * * *' }] });
    await answers(world, 'approve');
    expect(world.remediation).toMatchObject({ state: 'Deferred', reasonCode: 'WINDOW_CLOSED' });
    world.clock.advance(Date.parse('2024-05-13T06:00:00Z') - world.clock.now().getTime());
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
  });

  it('approved while paused: it waits', async () => {
    const world = await asked();
    world.mappings.put({ checkName: '*', executionMode: 'off' });
    await answers(world, 'approve');
    expect(world.runbooks.executions).toEqual([]);
    world.mappings.rows.delete('*');
    world.clock.advance(2 * MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
  });

  it('what is no answer is noted once, and changes nothing', async () => {
    const world = await asked();
    expect(await answers(world, 'yes please')).toBe('not understood');
    expect(world.opsItems.all[0]?.data.note).toContain('approve, reject');
    const updates = world.faults.count('opsItems.update');
    expect(await answers(world, 'yes please')).toBe('not understood');
    expect(world.faults.count('opsItems.update')).toBe(updates);
    expect(world.states).toEqual(['AwaitingApproval']);
  });

  it('Green while it waits: the OpsItem resolves, and a yes that comes late starts nothing', async () => {
    const world = await asked();
    await world.pass({ ...LATER, status: 'Green' });
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
    expect(await answers(world, 'approve')).toBe('unchanged');
    expect(world.runbooks.executions).toEqual([]);
  });
});

describe('the runbook is run from the OpsItem', () => {
  async function runByHand(
    world: World,
    document = RUNBOOK,
    parameters: RunbookParameters = { GroupId: [GROUP_ID], IpAddressToBlock: ['0.0.0.0/0'] },
  ): Promise<string> {
    const id = await world.runbooks.start({
      ...PLACE,
      document,
      parameters,
      clientToken: 'by-hand',
      tags: {},
    });
    const execution = world.runbooks.finish('Success', { id });
    Object.assign(execution, { opsItemId: world.opsItems.all[0]?.id, executedBy: BY });
    return world.close(execution);
  }

  it('is a yes: the execution is the attempt, and who ran it is recorded', async () => {
    const world = await asked();
    expect(await runByHand(world)).toBe('resolved');
    expect(world.remediation).toMatchObject({
      state: 'Resolved',
      approval: { by: BY },
      automationExecutionId: world.runbooks.executions[0]?.id,
    });
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });

  it('also where nobody was asked: a person mends what was only notified', async () => {
    const world = aWorld({ executionMode: 'notify' });
    await world.pass();
    expect(await runByHand(world)).toBe('resolved');
  });

  it('another runbook run from there is none', async () => {
    const world = await asked();
    expect(await runByHand(world, 'Other')).toBe('not ours');
    expect(world.states).toEqual(['AwaitingApproval']);
  });

  it.each([
    ['for another resource', { GroupId: ['sg-other'] }],
    ['without a value that is planned, such as one against a dry run', {}],
  ])('the same runbook run %s is none, and the OpsItem says so', async (_, parameters) => {
    const world = await asked();
    expect(await runByHand(world, RUNBOOK, parameters)).toBe('not ours');
    expect(world.states).toEqual(['AwaitingApproval']);
    expect(world.opsItems.all).toMatchObject([
      {
        status: 'Open',
        data: { note: expect.stringMatching(/responder ran .* with other values of GroupId/) },
      },
    ]);
  });
});
