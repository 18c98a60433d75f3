import { describe, expect, it } from 'vitest';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aRunbook, GROUP_ID, REGION, RUNBOOK } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const BY = 'arn:aws:iam::012345678901:user/responder';
const hours = (n: number) => new Date(Date.parse('2024-05-13T05:00:00Z') + n * 60 * MINUTE);

async function says(world: World, answer: string): Promise<string> {
  const opsItemId = world.opsItems.all[0]?.id ?? '';
  await world.opsItems.update(opsItemId, { ...PLACE, data: { plain: { answer } } });
  return answerOpsItem(world.deps, { ...PLACE, opsItemId, status: 'Open', by: BY });
}

/** The newest execution succeeds, and the check is still Red afterwards. */
async function succeedsInVain(world: World, hour: number): Promise<void> {
  const { id = '' } = world.runbooks.executions.at(-1) ?? {};
  await world.close(world.runbooks.finish('Success', { id }));
  await world.pass({ observedAt: hours(hour) });
}

function verified(changes: Readonly<Record<string, unknown>>): World {
  const world = aWorld({
    resolveOn: 'verification',
    rollbackDocument: 'Undo',
    rollbackParameters: '{"GroupId":["$resourceId"]}',
    ...changes,
  });
  world.runbooks.documents.set('Undo', aRunbook({ name: 'Undo' }));
  return world;
}

const documents = (world: World) => world.runbooks.executions.map(({ document }) => document);

describe('undo of an episode with several attempts', () => {
  it('undoes the second, though the first was rolled back by itself', async () => {
    const world = verified({ onStillRed: 'rollback' });
    await world.pass();
    await succeedsInVain(world, 1);
    await says(world, 'retry');
    const { id = '' } = world.runbooks.executions.at(-1) ?? {};
    await world.close(world.runbooks.finish('Success', { id }));
    expect(documents(world)).toEqual([RUNBOOK, 'Undo', RUNBOOK]);
    expect(await says(world, 'undo')).toBe('rolled back');
    expect(documents(world)).toEqual([RUNBOOK, 'Undo', RUNBOOK, 'Undo']);
    expect(world.opsItems.all[0]?.data.rollback).toContain(BY);
    expect(await says(world, 'undo')).toBe('unchanged');
    expect(documents(world)).toHaveLength(4);
  });

  it('undoes the first, where people are asked about the second', async () => {
    const world = verified({ executionMode: 'approval', retryAfterSeconds: 60 });
    await world.pass();
    await says(world, 'approve');
    await succeedsInVain(world, 1);
    world.clock.advance(5 * MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Failed', 'AwaitingApproval']);
    expect(await says(world, 'undo')).toBe('rolled back');
    expect(world.runbooks.executions.at(-1)).toMatchObject({
      document: 'Undo',
      parameters: { GroupId: [GROUP_ID] },
    });
    expect(world.states).toEqual(['Failed', 'Rejected']);
  });
});
