import { describe, expect, it } from 'vitest';
import { TAGS } from '../../../../shared/domain/remediation.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aRunbook, GROUP_ID, REGION, RUNBOOK } from '../../../helpers/findings.ts';

const HOUR = 60 * MINUTE;
const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };
const ROLLBACK = {
  rollbackDocument: 'Undo',
  rollbackParameters: JSON.stringify({ GroupId: ['$resourceId'], Rules: ['$outputs.Save.Rules'] }),
};

/** A world in which the runbook has succeeded and Green is awaited. */
async function verifying(changes: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = aWorld({ resolveOn: 'verification', ...changes });
  world.runbooks.documents.set('Undo', aRunbook({ name: 'Undo' }));
  await world.pass();
  const execution = world.runbooks.finish('Success');
  Object.assign(execution, { outputs: { 'Save.Rules': ['[1]'] } });
  expect(await world.close(execution)).toBe('verifying');
  return world;
}

describe('resolveOn verification', () => {
  it('a success is not enough: the OpsItem stays open', async () => {
    const world = await verifying();
    expect(world.states).toEqual(['Verifying']);
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', data: { result: expect.stringContaining('awaited') } },
    ]);
  });

  it('Green: verified, the OpsItem resolves', async () => {
    const world = await verifying();
    expect(await world.pass({ ...LATER, status: 'Green' })).toBe('resolved');
    expect(world.states).toEqual(['Verified']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });

  it('Red again, but seen before the success: nothing is concluded from it', async () => {
    const world = await verifying();
    expect(await world.pass({ observedAt: new Date('2024-05-13T04:10:01Z') })).toBe('unchanged');
    expect(world.states).toEqual(['Verifying']);
  });

  it.each([
    ['retry', ['Failed', 'Deferred']],
    ['escalate', ['Failed']],
  ])('still Red on a newer result: %s', async (onStillRed, states) => {
    const world = await verifying({ onStillRed });
    expect(await world.pass(LATER)).toBe('escalated');
    expect(world.states).toEqual(states);
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', data: { result: expect.stringMatching(/^STILL_RED/) } },
    ]);
  });

  it('still Red: rollback starts the rollback document, once, with what the execution gave out', async () => {
    const world = await verifying({ onStillRed: 'rollback', ...ROLLBACK });
    expect(await world.pass(LATER)).toBe('rolling back');
    expect(await world.pass({ observedAt: new Date('2024-05-13T06:00:00Z') })).toBe('unchanged');
    expect(world.runbooks.executions.map(({ document, parameters }) => [document, parameters])).toEqual([
      [RUNBOOK, expect.anything()],
      ['Undo', { GroupId: [GROUP_ID], Rules: ['[1]'] }],
    ]);
    expect(world.states).toEqual(['Failed']);
    expect(world.opsItems.all[0]?.data.rollback).toContain('Undo');
  });

  it('no newer result in time: a person is told', async () => {
    const world = await verifying({ verifyWithinHours: 2 });
    world.clock.advance(2 * HOUR);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Failed', reasonCode: 'NOT_VERIFIED' });
    expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
  });

  it('a Green whose record was lost is found when the time is out', async () => {
    const world = await verifying({ verifyWithinHours: 2 });
    await world.track({ ...LATER, status: 'Green' });
    world.clock.advance(2 * HOUR);
    await world.reconcile();
    expect(world.states).toEqual(['Verified']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });

  it('a newer Red whose record was lost is found, too', async () => {
    const world = await verifying({ verifyWithinHours: 2, onStillRed: 'escalate' });
    await world.track(LATER);
    world.clock.advance(2 * HOUR);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Failed', reasonCode: 'STILL_RED' });
  });
});

describe('undo', () => {
  const word = (world: World) => ({
    account: ACCOUNT,
    region: REGION,
    opsItemId: world.opsItems.all[0]?.id ?? '',
    status: 'Open',
    by: 'arn:aws:iam::012345678901:user/responder',
  });

  async function asksForUndo(world: World): Promise<string> {
    await world.opsItems.update(word(world).opsItemId, {
      account: ACCOUNT,
      region: REGION,
      data: { plain: { answer: 'undo' } },
    });
    return answerOpsItem(world.deps, word(world));
  }

  it('starts the rollback document once, however often it is asked for', async () => {
    const world = await verifying(ROLLBACK);
    expect(await asksForUndo(world)).toBe('rolled back');
    expect(await asksForUndo(world)).toBe('unchanged');
    expect(world.runbooks.executions.map(({ document }) => document)).toEqual([RUNBOOK, 'Undo']);
    expect(world.opsItems.all[0]?.data.rollback).toContain(word(world).by);
  });

  it.each(['verification', 'execution'])(
    'with resolveOn %s: what a person had undone is not done again, however often it is Red',
    async (resolveOn) => {
      const world = aWorld({ resolveOn, ...ROLLBACK });
      world.runbooks.documents.set('Undo', aRunbook({ name: 'Undo' }));
      await world.pass();
      const execution = world.runbooks.finish('Success');
      Object.assign(execution, { outputs: { 'Save.Rules': ['[1]'] } });
      await world.close(execution);
      await asksForUndo(world);
      expect(world.remediation).toMatchObject({
        reasonCode: 'UNDONE',
        stateReason: expect.stringContaining(word(world).by),
      });
      expect(await world.pass(LATER)).toBe('unchanged');
      world.clock.advance(100 * HOUR);
      await world.reconcile();
      expect(world.runbooks.executions).toHaveLength(2);
      await world.pass({ observedAt: new Date('2024-05-14T00:00:00Z'), status: 'Green' });
      expect(await world.pass({ observedAt: new Date('2024-05-15T00:00:00Z') })).toBe('started');
    },
  );

  it('a crash between the rollback and the rest: the replay leaves it alone all the same', async () => {
    const world = await verifying(ROLLBACK);
    await world.opsItems.update(word(world).opsItemId, {
      account: ACCOUNT,
      region: REGION,
      data: { plain: { answer: 'undo' } },
    });
    world.faults.crashOn('before', 'executions.transition');
    await answerOpsItem(world.deps, word(world)).catch(() => undefined);
    world.faults.heal();
    await answerOpsItem(world.deps, word(world));
    expect(world.remediation).toMatchObject({ state: 'Failed', reasonCode: 'UNDONE' });
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it('what is resolved can still be undone', async () => {
    const world = await verifying(ROLLBACK);
    await world.pass({ ...LATER, status: 'Green' });
    await world.opsItems.update(word(world).opsItemId, {
      ...word(world),
      status: 'Resolved',
      data: { plain: { answer: 'undo' } },
    });
    expect(await answerOpsItem(world.deps, { ...word(world), status: 'Resolved' })).toBe('rolled back');
    expect(await answerOpsItem(world.deps, { ...word(world), status: 'Resolved' })).toBe('unchanged');
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it('a crash after the start, and the start is not done twice', async () => {
    const world = await verifying(ROLLBACK);
    world.faults.crashOn('after', 'runbooks.start');
    await expect(asksForUndo(world)).rejects.toThrow();
    world.faults.heal();
    expect(await asksForUndo(world)).toBe('rolled back');
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it('without a rollback document: the OpsItem says why not', async () => {
    const world = await verifying();
    expect(await asksForUndo(world)).toBe('unchanged');
    expect(world.opsItems.all[0]?.data.note).toMatch(/^ROLLBACK_IMPOSSIBLE/);
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('an output that the execution did not give: nothing starts', async () => {
    const world = await verifying({ ...ROLLBACK, rollbackParameters: '{"GroupId":["$outputs.Save.Nope"]}' });
    expect(await asksForUndo(world)).toBe('unchanged');
    expect(world.opsItems.all[0]?.data.note).toMatch(/^PLACEHOLDER_UNKNOWN/);
  });

  it.each([
    ['Success', /^Success: .* succeeded\.$/],
    ['Failed', /^Failed: .* did not succeed: Step undo fails\.$/],
    ['Cancelled', /^Cancelled: .* did not succeed: /],
  ])('its end is noted on the OpsItem, and changes no row: %s', async (status, expected) => {
    const world = await verifying(ROLLBACK);
    await asksForUndo(world);
    const before = world.remediations;
    const id = world.runbooks.executions.at(-1)?.id ?? '';
    const failureMessage = status === 'Failed' ? { failureMessage: 'Step undo fails.' } : {};
    const undone = world.runbooks.finish(status, { id, ...failureMessage });
    expect(await world.close(undone)).toBe('rollback noted');
    expect(world.opsItems.all).toMatchObject([{ data: { rollbackResult: expect.stringMatching(expected) } }]);
    expect(world.opsItems.all[0]?.data.rollbackResult).toContain(id);
    expect(world.remediations).toEqual(before);
  });

  it("somebody else's execution with a rollback's tags writes nothing", async () => {
    const world = await verifying(ROLLBACK);
    const { findingId, attempt } = world.remediation;
    const tags = { [TAGS.findingId]: findingId, [TAGS.rollbackOf]: attempt };
    const place = { account: ACCOUNT, region: REGION };
    const id = await world.runbooks.start({
      document: 'Other',
      parameters: {},
      clientToken: 'o',
      ...place,
      tags,
    });
    expect(await world.close(world.runbooks.finish('Success', { id }))).toBe('not ours');
    expect(world.opsItems.all[0]?.data).not.toHaveProperty('rollbackResult');
    expect(world.log.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });
});
