import { describe, expect, it } from 'vitest';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, aWorldWithoutMapping, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, CHECK_NAME, GROUP_ARN, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const BY = 'arn:aws:iam::012345678901:user/responder';
const group = (n: number) => `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/sg-${n}`;
const GREEN = { status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') } as const;

/** So many findings of the check, one after the other. */
async function findings(world: World, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await world.pass({ resource: group(n) });
    world.clock.advance(1);
  }
}

async function answers(world: World, opsItemId: string, answer: string): Promise<string> {
  await world.opsItems.update(opsItemId, { ...PLACE, data: { plain: { answer } } });
  return answerOpsItem(world.deps, { ...PLACE, opsItemId, status: 'Open', by: BY });
}

describe('a storm', () => {
  async function storm(): Promise<World> {
    const world = aWorld({ stopAfter: { findings: 2, withinMinutes: 60 } });
    await findings(world, 5);
    return world;
  }

  it('starts no more than stopAfter allows, and opens one OpsItem for all that it stopped', async () => {
    const world = await storm();
    expect(world.runbooks.executions).toHaveLength(2);
    expect(world.states).toEqual(['Running', 'Running', 'Deferred', 'Deferred', 'Deferred']);
    expect(world.opsItems.all).toHaveLength(3);
    expect(world.opsItems.all[2]).toMatchObject({
      title: expect.stringContaining('storm'),
      data: { checkName: CHECK_NAME, reason: 'STORM_STOPPED', gathers: 'storm' },
    });
    const shared = new Set(world.remediations.slice(2).map(({ opsItemId }) => opsItemId));
    expect([...shared]).toEqual([world.opsItems.all[2]?.id]);
  });

  it('waits for a person, however long', async () => {
    const world = await storm();
    world.clock.advance(24 * 60 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it('resume: what waits is started', async () => {
    const world = await storm();
    const id = world.opsItems.all[2]?.id ?? '';
    expect(await answers(world, id, 'resume')).toBe('resumed');
    world.clock.advance(10 * MINUTE);
    await world.reconcile();
    // All that the person saw: what waited arrived once, and opens no storm of its own.
    expect(world.states.filter((state) => state === 'Running')).toHaveLength(5);
    // What goes on has OpsItems of its own.
    expect(world.opsItems.all[2]).toMatchObject({ status: 'Resolved', data: { closedBy: 'remediator' } });
    await findings(world, 5);
    for (const n of [6, 7, 8]) await world.pass({ resource: group(n) });
    expect(world.states.slice(5)).toEqual(['Running', 'Running', 'Deferred']);
  });

  it('is none where findings that wait for a slot are decided anew, however often', async () => {
    const world = aWorld({ stopAfter: { findings: 2, withinMinutes: 1 }, maxConcurrent: 1 });
    for (let n = 1; n <= 6; n += 1) {
      await world.pass({ resource: group(n) });
      world.clock.advance(MINUTE);
    }
    for (let run = 1; run <= 3; run += 1) {
      await world.reconcile();
      world.clock.advance(MINUTE);
    }
    expect(world.remediations.slice(1).map(({ reasonCode }) => reasonCode)).toEqual(
      Array(5).fill('CONCURRENCY_LIMIT'),
    );
  });

  it('reject: nothing of it is ever started', async () => {
    const world = await storm();
    expect(await answers(world, world.opsItems.all[2]?.id ?? '', 'reject')).toBe('rejected');
    expect(world.states.slice(2)).toEqual(['Rejected', 'Rejected', 'Rejected']);
    world.clock.advance(24 * 60 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
  });

  it("its OpsItem resolves with the last of its findings' Greens, not before", async () => {
    const world = await storm();
    const storms = () => world.opsItems.all[2]?.status;
    for (const n of [3, 4]) await world.pass({ resource: group(n), ...GREEN });
    expect(storms()).toBe('Open');
    await world.pass({ resource: group(5), ...GREEN });
    expect(storms()).toBe('Resolved');
  });

  it('a person who resolves it ends all that it stands for', async () => {
    const world = await storm();
    const opsItemId = world.opsItems.all[2]?.id ?? '';
    await world.opsItems.update(opsItemId, { ...PLACE, status: 'Resolved', data: {} });
    const word = { ...PLACE, opsItemId, status: 'Resolved', by: BY };
    expect(await answerOpsItem(world.deps, word)).toBe('resolved');
    expect(world.states.slice(2)).toEqual(['Resolved', 'Resolved', 'Resolved']);
  });
});

describe('opsItem.per check', () => {
  it('gathers the findings of a check on one OpsItem, each with its own row and result', async () => {
    const world = aWorld({
      executionMode: 'notify',
      opsItem: { per: 'check', severity: '1', data: { team: 'network' } },
    });
    await findings(world, 3);
    expect(world.opsItems.all).toMatchObject([
      {
        severity: '1',
        title: expect.stringContaining(CHECK_NAME),
        data: { gathers: 'check', team: 'network' },
      },
    ]);
    expect(world.remediations).toHaveLength(3);
  });

  it('asks for an approval on an OpsItem of its own: a yes is to one plan', async () => {
    const world = aWorld({ executionMode: 'approval', opsItem: { per: 'check' } });
    await findings(world, 2);
    expect(world.opsItems.all.map(({ data }) => data.reason)).toEqual(['APPROVAL_NEEDED', 'APPROVAL_NEEDED']);
  });

  it('a success resolves it only when it was the last', async () => {
    const world = aWorld({ opsItem: { per: 'check' } });
    await findings(world, 2);
    const [first, second] = world.runbooks.executions;
    await world.close(world.runbooks.finish('Success', { id: first?.id ?? '' }));
    expect(world.opsItems.all[0]?.status).toBe('Open');
    await world.close(world.runbooks.finish('Success', { id: second?.id ?? '' }));
    expect(world.opsItems.all[0]?.status).toBe('Resolved');
  });
});

describe("the month's budget of OpsItems", () => {
  it('is never overrun, and never silently: further findings are gathered, and it is said', async () => {
    const world = aWorldWithoutMapping();
    world.guards.opsItemBudget = 2;
    await findings(world, 5);
    expect(world.opsItems.all).toHaveLength(3);
    expect(world.opsItems.all[2]?.description).toContain('budget of OpsItems is spent');
    expect(
      world.remediations.slice(2).every(({ opsItemId }) => opsItemId === world.opsItems.all[2]?.id),
    ).toBe(true);
    expect(world.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'The budget of OpsItems is spent' }),
    );
  });
});

describe('exceptions', () => {
  const until = new Date('2024-05-13T06:00:00Z');
  const exception = {
    resource: GROUP_ARN,
    checkName: CHECK_NAME,
    owner: 'Ada',
    reason: 'migration',
    expiresAt: until.getTime() / 1000,
  };

  it('opens no OpsItem, and keeps the reason', async () => {
    const world = aWorld();
    world.exceptions.rows.push(exception);
    expect(await world.pass()).toBe('suppressed');
    expect(world.opsItems.all).toEqual([]);
    expect(world.remediation).toMatchObject({
      state: 'Suppressed',
      stateReason: expect.stringMatching(/^EXCEPTED: Excepted by Ada until .*: migration$/),
      nextActionAt: '2024-05-13T05:10:02.000Z',
    });
  });

  it('removed before its end: the finding is taken up within the hour', async () => {
    const world = aWorld();
    world.exceptions.rows.push(exception);
    await world.pass();
    world.exceptions.rows.length = 0;
    world.clock.advance(3_600_000);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
  });

  it('looked at again while it lasts, it says nothing new', async () => {
    const world = aWorld();
    world.exceptions.rows.push({ ...exception, expiresAt: undefined });
    await world.pass();
    const before = world.remediation;
    world.clock.advance(3_600_000);
    await world.reconcile();
    expect(world.opsItems.all).toEqual([]);
    expect(world.remediation).toEqual({ ...before, nextActionAt: '2024-05-13T06:10:02.000Z' });
  });

  it('holds for a check without a mapping, too', async () => {
    const world = aWorldWithoutMapping();
    world.exceptions.rows.push(exception);
    expect(await world.pass()).toBe('suppressed');
  });

  it('ends by itself: the finding is taken up', async () => {
    const world = aWorld();
    world.exceptions.rows.push(exception);
    await world.pass();
    world.clock.advance(until.getTime() - world.clock.now().getTime());
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
    expect(world.opsItems.all).toMatchObject([{ status: 'Open' }]);
  });

  it('an OpsItem that is there already says so, and says when it ended', async () => {
    const world = aWorld({ executionMode: 'notify' });
    await world.pass();
    world.exceptions.rows.push(exception);
    await world.pass({ observedAt: new Date('2024-05-13T04:09:00Z') });
    expect(world.opsItems.all[0]?.data).toMatchObject({ reason: 'EXCEPTED' });
    world.clock.advance(until.getTime() - world.clock.now().getTime());
    await world.reconcile();
    expect(world.opsItems.all[0]?.data).toMatchObject({
      reason: 'MAPPING_DISABLED',
      note: expect.stringMatching(/exception .*ended/i),
    });
  });
});

describe('off', () => {
  it('opens nothing; switched on again, the next event is acted upon', async () => {
    const world = aWorld({ executionMode: 'off' });
    expect(await world.pass()).toBe('suppressed');
    expect(world.opsItems.all).toEqual([]);
    expect(world.remediation.nextActionAt).toBeUndefined();
  });
});

describe('the pause', () => {
  it('holds everything within a minute of the row, tells people, and goes on when it is lifted', async () => {
    const world = aWorld();
    world.mappings.put({ checkName: '*', executionMode: 'off' });
    expect(await world.pass()).toBe('deferred');
    expect(world.opsItems.all).toMatchObject([{ data: { reason: 'PAUSED' } }]);
    world.mappings.rows.delete('*');
    world.clock.advance(MINUTE);
    await world.reconcile();
    expect(world.states).toEqual(['Running']);
    expect(world.opsItems.all).toHaveLength(1);
  });
});

describe('counters', () => {
  it('a slot is given back whatever the end: success, failure, cancel, Green, refusal', async () => {
    for (const end of ['Success', 'Failed', 'Cancelled', 'Green'] as const) {
      const world = aWorld({ maxConcurrent: 1, maxAttempts: 1 });
      await findings(world, 2);
      expect(world.states).toEqual(['Running', 'Deferred']);
      if (end === 'Green') await world.pass({ resource: group(1), ...GREEN });
      const execution = world.runbooks.finish(end === 'Green' ? 'Success' : end);
      await world.close(execution);
      world.clock.advance(2 * MINUTE);
      await world.reconcile();
      expect(world.runbooks.executions, end).toHaveLength(2);
    }
  });

  it('a Green does not give back the slot of an execution that goes on', async () => {
    const world = aWorld({ maxConcurrent: 1 });
    await findings(world, 2);
    await world.pass({ resource: group(1), ...GREEN });
    world.clock.advance(2 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
  });

  it('the failure breaker opens, lets one try after its time, and closes by its success', async () => {
    const failureBreaker = { failures: 2, withinMinutes: 60, trialAfterMinutes: 30 };
    const world = aWorld({ failureBreaker, maxAttempts: 1 });
    await findings(world, 2);
    for (const { id } of [...world.runbooks.executions])
      await world.close(world.runbooks.finish('Failed', { id }));
    for (const n of [3, 4, 5]) await world.pass({ resource: group(n) });
    expect(world.states.slice(2)).toEqual(['Deferred', 'Deferred', 'Deferred']);
    world.clock.advance(31 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(3);
    await world.close(world.runbooks.finish('Success', { id: world.runbooks.executions[2]?.id ?? '' }));
    world.clock.advance(31 * MINUTE);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(4);
    expect(world.runbooks.children).toHaveLength(2);
  });
});

describe('tags that cannot be read', () => {
  it('are tried each minute for ten minutes, whatever it waited for before; then people are told', async () => {
    const world = aWorld();
    world.mappings.put({ checkName: '*', executionMode: 'off' });
    await world.pass();
    world.clock.advance(60 * MINUTE);
    world.mappings.rows.delete('*');
    world.tags.of = async () => {
      throw new Error('no');
    };
    for (let minute = 0; minute < 10; minute += 1) {
      await world.reconcile();
      expect(world.remediation, `minute ${minute}`).toMatchObject({
        state: 'Deferred',
        reasonCode: 'TAGS_UNREADABLE',
      });
      world.clock.advance(MINUTE);
    }
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Escalated', reasonCode: 'TAGS_UNREADABLE' });
  });
});
