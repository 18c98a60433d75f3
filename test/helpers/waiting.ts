import { MINUTE } from './fakes.ts';
import type { World } from './fakes-world.ts';
import { ACCOUNT, GROUP_ARN, REGION } from './findings.ts';

export const groupId = (n: number) => `sg-${n}`;
export const group = (n: number) => GROUP_ARN.replace(/sg-\w+/, groupId(n));

/** So many findings that came while Systems Manager took no more starts; the next minute has come since. */
export async function wait(world: World, count: number, from = 1): Promise<void> {
  world.guards.throttled.set(`${ACCOUNT} ${REGION}`, new Date(world.clock.now().getTime() + MINUTE));
  for (let n = from; n < from + count; n += 1) await world.pass({ resource: group(n) });
  world.clock.advance(MINUTE);
}

/** Ends every execution that goes on, children first, and tells of each end. */
export async function finishAll(world: World, status = 'Success'): Promise<void> {
  const { runbooks } = world;
  for (let n = 0; n < runbooks.children.length; n += 1) {
    const child = runbooks.children[n];
    if (child?.status !== 'InProgress') continue;
    await world.close(runbooks.finish(status, { id: child.id }));
  }
  for (const { id, rateControl, status: now } of [...runbooks.executions]) {
    if (!rateControl && now === 'InProgress') runbooks.finish(status, { id });
  }
  for (const execution of [...runbooks.executions]) await world.close(execution);
}

/** How often the runbook ran for each resource. */
export function runs({ runbooks }: World): ReadonlyMap<string, number> {
  const alone = runbooks.executions.filter(({ rateControl }) => rateControl === undefined);
  const counts = new Map<string, number>();
  for (const { parameters } of [...alone, ...runbooks.children]) {
    const id = parameters.GroupId?.[0] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
