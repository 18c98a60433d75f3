import { expect, it } from 'vitest';
import type { Remediation } from '../../../../shared/domain/remediation.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Crash } from '../../../helpers/fakes-faults.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, CHECK_NAME, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const BY = 'arn:aws:iam::012345678901:user/responder';
const MANY = 3000;
const group = (n: number) => `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/sg-${n}`;

/** A storm that was stopped at its third finding, and thousands that came after it. */
async function storm(): Promise<{ world: World; opsItemId: string }> {
  const world = aWorld({ stopAfter: { findings: 2, withinMinutes: 60 } });
  for (const n of [1, 2, 3]) await world.pass({ resource: group(n) });
  const stopped = world.remediations[2];
  if (stopped?.opsItemId === undefined) throw new Error('There is no storm');
  for (let n = 4; n < MANY + 3; n += 1) await join(world, stopped, n);
  return { world, opsItemId: stopped.opsItemId };
}

/** One more finding that the storm's OpsItem stands for. */
async function join(world: World, stopped: Remediation, n: number): Promise<void> {
  const resource = group(n);
  const { findingId } = await world.record({ resource });
  await world.executions.claim({ ...stopped, findingId, resource });
}

const stoppedIn = (world: World) => world.remediations.slice(2).map(({ state }) => state);
const isOpen = (world: World) => world.guards.checks.get(CHECK_NAME)?.storm !== undefined;

async function rejected() {
  const { world, opsItemId } = await storm();
  await world.opsItems.update(opsItemId, { ...PLACE, data: { plain: { answer: 'reject' } } });
  return { world, opsItemId, word: { ...PLACE, opsItemId, status: 'Open', by: BY } };
}

async function resolved() {
  const { world, opsItemId } = await storm();
  await world.opsItems.update(opsItemId, { ...PLACE, status: 'Resolved', data: {} });
  return { world, opsItemId, word: { ...PLACE, opsItemId, status: 'Resolved', by: BY } };
}

it.each([
  { name: 'reject', prepare: rejected, outcome: 'rejected', state: 'Rejected' },
  { name: 'a person who resolves', prepare: resolved, outcome: 'resolved', state: 'Resolved' },
])('$name, cut short among thousands, goes on where it was when it is played again', async (answer) => {
  const { world, word } = await answer.prepare();
  world.faults.crash('after', MANY / 2);
  await expect(answerOpsItem(world.deps, word)).rejects.toThrow(Crash);
  const done = stoppedIn(world).filter((state) => state === answer.state).length;
  expect(done).toBeGreaterThan(MANY / 2 - 30);
  expect(done).toBeLessThan(MANY);
  // Nothing that is left may start meanwhile.
  expect(isOpen(world)).toBe(true);

  world.faults.heal();
  const before = world.faults.count('executions.transition');
  expect(await answerOpsItem(world.deps, word)).toBe(answer.outcome);
  expect(stoppedIn(world)).toEqual(Array(MANY).fill(answer.state));
  expect(world.faults.count('executions.transition') - before).toBe(MANY - done);
  world.clock.advance(24 * 60 * MINUTE);
  await world.reconcile();
  expect(world.runbooks.executions).toHaveLength(2);
});

it('twenty rows are written at a time', async () => {
  const { world, word } = await rejected();
  const transition = world.executions.transition.bind(world.executions);
  let [now, most] = [0, 0];
  world.executions.transition = async (...args) => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
    return transition(...args);
  };
  await answerOpsItem(world.deps, word);
  expect(most).toBe(20);
});

it('what comes to the storm while it is rejected is rejected, before the storm is closed', async () => {
  const { world, word } = await rejected();
  const stopped = world.remediations[2];
  const transition = world.executions.transition.bind(world.executions);
  let late = 0;
  world.executions.transition = async (...args) => {
    if (late === 0 && stopped) {
      late += 1;
      await join(world, stopped, MANY + 100);
    }
    return transition(...args);
  };
  expect(await answerOpsItem(world.deps, word)).toBe('rejected');
  expect(stoppedIn(world)).toEqual(Array(MANY + 1).fill('Rejected'));
  expect(isOpen(world)).toBe(false);
});

it("a person who resolves the storm's OpsItem leaves the storm open: the next is stopped, and told anew, until resume", async () => {
  const { world, word, opsItemId } = await resolved();
  await answerOpsItem(world.deps, word);
  expect(isOpen(world)).toBe(true);
  await world.pass({ resource: group(MANY + 200) });
  const next = world.remediations.at(-1);
  expect(next).toMatchObject({ state: 'Deferred', reasonCode: 'STORM_STOPPED' });
  expect(next?.opsItemId).not.toBe(opsItemId);

  const anew = { ...PLACE, opsItemId: next?.opsItemId ?? '', status: 'Open', by: BY };
  await world.opsItems.update(anew.opsItemId, { ...PLACE, data: { plain: { answer: 'resume' } } });
  expect(await answerOpsItem(world.deps, anew)).toBe('resumed');
  world.clock.advance(10 * MINUTE);
  await world.reconcile();
  expect(world.remediations.at(-1)).toMatchObject({ state: 'Running' });
});
