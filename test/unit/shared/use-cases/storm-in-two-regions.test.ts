import { expect, it } from 'vitest';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const ELSEWHERE = 'eu-west-1';
const BY = 'arn:aws:iam::012345678901:user/responder';

/** Two findings of each region that start, or not, and two of each that the storm stops. */
async function storm(): Promise<World> {
  const world = aWorld({ stopAfter: { findings: 2, withinMinutes: 60 } });
  for (const n of [1, 2, 3, 4])
    for (const region of [REGION, ELSEWHERE]) {
      await world.pass({ region, resource: `arn:aws:ec2:${region}:${ACCOUNT}:security-group/sg-${n}` });
      world.clock.advance(1);
    }
  return world;
}

const storms = (world: World) => world.opsItems.all.filter(({ data }) => data.gathers === 'storm');

async function says(world: World, opsItemId: string, answer: string): Promise<string> {
  const { region = REGION } = world.opsItems.all.find(({ id }) => id === opsItemId) ?? {};
  const place = { account: ACCOUNT, region };
  await world.opsItems.update(opsItemId, { ...place, data: { plain: { answer } } });
  return answerOpsItem(world.deps, { ...place, opsItemId, status: 'Open', by: BY });
}

const stormIn = (world: World, region: string) =>
  storms(world).find((opsItem) => opsItem.region === region)?.id ?? '';

it('"reject" on one of its OpsItems is said of all that it stopped: none of them starts', async () => {
  const world = await storm();
  expect(storms(world)).toHaveLength(2);
  expect(await says(world, stormIn(world, REGION), 'reject')).toBe('rejected');
  expect(world.states.toSorted()).toEqual([...Array(6).fill('Rejected'), 'Running', 'Running']);
  world.clock.advance(10 * MINUTE);
  await world.reconcile();
  expect(world.runbooks.executions).toHaveLength(2);
  expect(storms(world).find(({ region }) => region === ELSEWHERE)?.data.note).toContain(BY);
});

it('"resume" resolves all of them: what goes on has OpsItems of its own', async () => {
  const world = await storm();
  expect(await says(world, stormIn(world, ELSEWHERE), 'resume')).toBe('resumed');
  expect(storms(world).map(({ status }) => status)).toEqual(['Resolved', 'Resolved']);
  world.clock.advance(10 * MINUTE);
  await world.reconcile();
  expect(world.states).toEqual(Array(8).fill('Running'));
});

it('"resume" on the OpsItem of one finding resolves them, too', async () => {
  const world = await storm();
  const own = world.opsItems.all.find(({ data }) => data.findingId !== undefined)?.id ?? '';
  expect(await says(world, own, 'resume')).toBe('resumed');
  expect(storms(world).map(({ status }) => status)).toEqual(['Resolved', 'Resolved']);
});
