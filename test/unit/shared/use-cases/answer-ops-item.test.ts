import { describe, expect, it } from 'vitest';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, aWorldWithoutMapping, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const BY = 'arn:aws:iam::012345678901:user/responder';
const PLACE = { account: ACCOUNT, region: REGION };
const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };

/** A person resolves the world's first OpsItem. */
async function personResolves(world: World, opsItemId = world.opsItems.all[0]?.id ?? ''): Promise<string> {
  await world.opsItems.update(opsItemId, { ...PLACE, status: 'Resolved', data: {} });
  return answerOpsItem(world.deps, { ...PLACE, opsItemId, status: 'Resolved', by: BY });
}

describe('a person resolves an OpsItem', () => {
  it('the remediation is over, and the row says who', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    expect(await personResolves(world)).toBe('resolved');
    expect(world.remediation).toMatchObject({ state: 'Resolved', stateReason: expect.stringContaining(BY) });
  });

  it('a refresh of the unchanged Red does not open another one', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    await personResolves(world);
    expect(await world.pass(LATER)).toBe('unchanged');
    expect(world.opsItems.all).toHaveLength(1);
  });

  it('while the runbook runs: its failure opens nothing again', async () => {
    const world = aWorld();
    await world.pass();
    await personResolves(world);
    expect(await world.close(world.runbooks.finish('Failed'))).toBe('unchanged');
    expect(world.opsItems.all).toMatchObject([{ status: 'Resolved' }]);
  });

  it('our own Resolved is no word of a person', async () => {
    const world = aWorld();
    await world.pass();
    await world.close(world.runbooks.finish('Success'));
    expect(await personResolves(world)).toBe('unchanged');
    expect(world.remediation.stateReason).toMatch(/^SUCCEEDED/);
  });

  it('OpsItems of others, and those that are gone, change nothing', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    await world.opsItems.create({
      ...PLACE,
      category: 'Security',
      title: 't',
      description: 'd',
      priority: 3,
      severity: '3',
      dedupString: 'other',
      data: {},
    });
    expect(await personResolves(world, world.opsItems.all[1]?.id)).toBe('unchanged');
    expect(await answerOpsItem(world.deps, { ...PLACE, opsItemId: 'oi-0', status: 'Resolved', by: BY })).toBe(
      'unchanged',
    );
    expect(world.states).toEqual(['Escalated']);
  });

  it('told twice is told once', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    await personResolves(world);
    expect(await personResolves(world)).toBe('unchanged');
  });

  it('the event of an earlier OpsItem, come again late, leaves the newer episode alone', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    const first = world.opsItems.all[0]?.id;
    await personResolves(world, first);
    await world.pass({ ...LATER, status: 'Green' });
    await world.pass({ observedAt: new Date('2024-05-13T06:00:00Z') });
    expect(await personResolves(world, first)).toBe('unchanged');
    expect(world.states).toEqual(['Resolved', 'Escalated']);
  });

  it('our own Resolved, whose event overtakes the row: the row is left to what comes next', async () => {
    const world = aWorld();
    await world.pass();
    const execution = world.runbooks.finish('Success');
    world.faults.failOnce('executions.transition', awsError('ThrottlingException'));
    await expect(world.close(execution)).rejects.toThrow('ThrottlingException');
    expect(await personResolves(world)).toBe('unchanged');
    expect(world.states).toEqual(['Running']);
    await world.close(execution);
    expect(world.remediation.stateReason).toMatch(/^SUCCEEDED/);
  });
});

describe('a person opens an OpsItem again', () => {
  const opened = (world: World, status = 'Open') => {
    const opsItem = world.opsItems.all[0];
    if (opsItem) opsItem.status = 'Open';
    return answerOpsItem(world.deps, { ...PLACE, opsItemId: opsItem?.id ?? '', status, by: BY });
  };
  const green = (hour: number) => ({
    status: 'Green' as const,
    observedAt: new Date(Date.parse('2024-05-13T05:00:00Z') + hour * 3_600_000),
  });

  it.each(['the runbook', 'a person'])(
    'after %s resolved it: the next Green resolves it again, once',
    async (who) => {
      const world = aWorld(who === 'a person' ? { executionMode: 'approval' } : {});
      await world.pass();
      if (who === 'a person') await personResolves(world);
      else await world.close(world.runbooks.finish('Success'));
      expect(await opened(world, 'InProgress')).toBe('reopened');
      await world.pass(green(1));
      expect(world.opsItems.all).toMatchObject([
        {
          status: 'Resolved',
          data: { result: expect.stringContaining('FINDING_GREEN'), closedBy: 'remediator' },
        },
      ]);
      const updates = world.faults.count('opsItems.update');
      await world.pass(green(2));
      expect(world.faults.count('opsItems.update')).toBe(updates);
    },
  );

  it('is not what a change to an open one is', async () => {
    const world = aWorld({ executionMode: 'notify' });
    await world.pass();
    expect(await opened(world)).toBe('unchanged');
    expect(world.remediation.reopened).toBeUndefined();
  });
});
