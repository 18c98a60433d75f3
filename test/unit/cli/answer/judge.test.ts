import { describe, expect, it } from 'vitest';
import { ANSWERS, type Answer, judge, type Subject } from '../../../../cli/answer/judge.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import type { FakeOpsItem } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, aWorldWithoutMapping, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, CHECK_NAME, GROUP_ARN, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const ROLLBACK = { rollbackDocument: 'Undo', rollbackParameters: '{"GroupId":["$resourceId"]}' };

/** A world in which something stands that a person may answer: by what it is. */
const STORIES: Readonly<Record<string, () => Promise<World>>> = {
  AwaitingApproval: () => passed(aWorld({ executionMode: 'approval' })),
  'Escalated, nothing to start': () => passed(aWorldWithoutMapping()),
  'Escalated, attempts exhausted': async () => {
    const world = await ended(aWorld({ maxAttempts: 1, resolveOn: 'execution' }), 'Success');
    await world.pass({ observedAt: new Date('2024-05-13T06:00:00Z') });
    return world;
  },
  DryRun: () => passed(aWorld({ executionMode: 'dryRun' })),
  'Deferred, a window is closed': () =>
    passed(aWorld({ windows: [{ hours: '0 0 1 1 *', timeZone: 'UTC' }] })),
  Running: () => passed(aWorld()),
  'Running, with a rollback': () => passed(aWorld(ROLLBACK)),
  Resolved: () => ended(aWorld(), 'Success'),
  'Resolved, with a rollback': () => ended(aWorld(ROLLBACK), 'Success'),
  'Verifying, with a rollback': () => ended(aWorld({ ...ROLLBACK, resolveOn: 'verification' }), 'Success'),
  'Failed, another attempt waits': () => ended(aWorld(), 'Failed'),
  'Failed, for good': () => ended(aWorld({ maxAttempts: 1 }), 'Failed'),
  'Failed, with a rollback': () => ended(aWorld({ ...ROLLBACK, maxAttempts: 1 }), 'Failed'),
  Cancelled: () => ended(aWorld(), 'Cancelled'),
  Rejected: async () => {
    const world = await passed(aWorld({ executionMode: 'approval' }));
    await say(world, 'reject');
    return world;
  },
  'undone already': async () => {
    const world = await ended(aWorld(ROLLBACK), 'Success');
    await say(world, 'undo');
    return world;
  },
  'Resolved by a person': async () => {
    const world = await passed(aWorldWithoutMapping());
    newest(world).status = 'Resolved';
    await answer(world);
    return world;
  },
  'a storm': async () => {
    const world = await passed(aWorld({ stopAfter: { findings: 1, withinMinutes: 5 } }));
    await world.pass({ resource: `${GROUP_ARN}1` });
    return world;
  },
  'a storm that is over': async () => {
    const world = await STORIES['a storm']?.();
    if (!world) throw new Error('There is no storm');
    await say(world, 'resume');
    return world;
  },
  'failure breaker open': () =>
    ended(aWorld({ maxAttempts: 1, failureBreaker: { failures: 1, withinMinutes: 60 } }), 'Failed'),
};

describe('whether an answer makes sense', () => {
  it.each(
    Object.keys(STORIES).flatMap((story) => ANSWERS.map((answer): [string, Answer] => [story, answer])),
  )('%s, %s: as the function that hears it has it', async (story, given) => {
    const world = await STORIES[story]?.();
    if (!world) throw new Error(`There is no story ${story}`);
    const judged = judge(given, subjectOf(world));
    const before = JSON.stringify([world.remediations, [...world.guards.checks], world.runbooks.executions]);
    await say(world, given);
    const after = JSON.stringify([world.remediations, [...world.guards.checks], world.runbooks.executions]);
    expect({ judged, changes: after !== before }).toEqual({
      judged: after === before ? { refusal: expect.any(String) } : { next: expect.any(String) },
      changes: 'next' in judged,
    });
  });

  it('a yes is refused where the OpsItem shows another plan than the row', async () => {
    const world = await STORIES.AwaitingApproval?.();
    if (!world) throw new Error('There is no such story');
    newest(world).data.plan = 'another';
    expect(judge('approve', subjectOf(world))).toEqual({ refusal: expect.stringContaining('decided anew') });
  });

  it('what was undone is Red again: the way to leave it alone is a command to copy', async () => {
    const world = await STORIES['Resolved, with a rollback']?.();
    if (!world) throw new Error('There is no such story');
    expect(judge('undo', subjectOf(world))).toEqual({
      next: expect.stringContaining(`exceptions add --resource ${GROUP_ARN} --check '${CHECK_NAME}'`),
    });
  });
});

async function passed(world: World): Promise<World> {
  await world.pass();
  return world;
}

async function ended(world: World, status: string): Promise<World> {
  await world.pass();
  await world.close(world.runbooks.finish(status));
  return world;
}

function newest(world: World): FakeOpsItem {
  const opsItem = world.opsItems.all.at(-1);
  if (!opsItem) throw new Error('There is no OpsItem');
  return opsItem;
}

function answer(world: World): Promise<string> {
  const { id, status } = newest(world);
  return answerOpsItem(world.deps, { ...PLACE, opsItemId: id, status, by: 'a person' });
}

async function say(world: World, said: string): Promise<string> {
  newest(world).data.answer = said;
  return answer(world);
}

function subjectOf(world: World): Subject {
  const opsItem = newest(world);
  const shared = opsItem.data.findingId === undefined;
  const rows = world.remediations.filter(
    ({ opsItemId, findingId, state }) =>
      opsItemId === opsItem.id &&
      (shared ? state !== 'Resolved' && state !== 'Verified' : findingId === opsItem.data.findingId),
  );
  return { opsItem, rows, guard: world.guards.checks.get(CHECK_NAME) ?? {} };
}
