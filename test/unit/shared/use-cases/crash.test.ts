import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../helpers/fakes.ts';
import { Crash } from '../../../helpers/fakes-faults.ts';
import { aWorld, aWorldWithoutMapping, type World } from '../../../helpers/fakes-world.ts';
import { GROUP_ARN } from '../../../helpers/findings.ts';

// A process may die before or after any call that it makes. Whatever replays it finds one execution, one OpsItem, and
// ends in the state in which an undisturbed run would have.

interface Scene {
  readonly world: World;
  readonly act: () => Promise<unknown>;
}

interface Play {
  readonly name: string;
  readonly prepare: () => Promise<Scene>;
  readonly executions: number;
  readonly state: string;
  readonly opsItem: string;
  /** Whether the reconciler finishes what is never replayed, once the first conditional write has happened. */
  readonly reconciled: boolean;
  /** The row need not name its OpsItem: it was found by its data, and is found no more once it is resolved. */
  readonly unlinked?: boolean;
  /** The finding turned Green while its execution was, or may have been, under way. */
  readonly overtaken?: boolean;
}

function mapped(): World {
  // One attempt: what comes of a failure's next one is told in retry.test.ts.
  const world = aWorld({ requiredTags: ['automaticRemediation=True'], maxAttempts: 1 });
  world.tags.byArn.set(GROUP_ARN, { automaticRemediation: 'True' });
  return world;
}

async function running(): Promise<World> {
  const world = mapped();
  await world.pass();
  return world;
}

const GREEN = { status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') } as const;

const PLAYS: readonly Play[] = [
  {
    name: 'handleResult: a start',
    prepare: async () => {
      const world = mapped();
      const record = await world.record();
      return { world, act: () => world.handle(record) };
    },
    executions: 1,
    state: 'Running',
    opsItem: 'Open',
    reconciled: true,
  },
  {
    name: 'handleResult: an escalation',
    prepare: async () => {
      const world = aWorldWithoutMapping();
      const record = await world.record();
      return { world, act: () => world.handle(record) };
    },
    executions: 0,
    state: 'Escalated',
    opsItem: 'Open',
    reconciled: true,
  },
  {
    name: 'handleResult: a mapping mended later',
    prepare: async () => {
      const world = aWorldWithoutMapping();
      await world.pass();
      for (const row of aWorld().mappings.rows.values()) world.mappings.put(row);
      const record = await world.record({ observedAt: new Date('2024-05-13T05:00:00Z') });
      return { world, act: () => world.handle(record) };
    },
    executions: 1,
    state: 'Running',
    opsItem: 'Open',
    reconciled: false,
  },
  {
    name: 'closeExecution: a success',
    prepare: async () => {
      const world = await running();
      const execution = world.runbooks.finish('Success');
      return { world, act: () => world.close(execution) };
    },
    executions: 1,
    state: 'Resolved',
    opsItem: 'Resolved',
    reconciled: true,
  },
  {
    name: 'closeExecution: a failure',
    prepare: async () => {
      const world = await running();
      const execution = world.runbooks.finish('Failed', { failureMessage: 'because' });
      return { world, act: () => world.close(execution) };
    },
    executions: 1,
    state: 'Failed',
    opsItem: 'Open',
    reconciled: true,
  },
  {
    name: 'closeExecution: before the row has the ID',
    prepare: async () => {
      const world = mapped();
      const record = await world.record();
      world.faults.crashOn('before', 'executions.transition');
      await world.handle(record).catch(() => undefined);
      world.faults.heal();
      const execution = world.runbooks.finish('Success');
      return { world, act: () => world.close(execution) };
    },
    executions: 1,
    state: 'Resolved',
    opsItem: 'Resolved',
    reconciled: false,
  },
  {
    name: 'resolveGreen',
    prepare: async () => {
      const world = await running();
      const record = await world.record(GREEN);
      return { world, act: () => world.handle(record) };
    },
    executions: 1,
    state: 'Resolved',
    opsItem: 'Resolved',
    reconciled: false,
    overtaken: true,
  },
  {
    name: 'resolveGreen: of a start that never finished',
    prepare: async () => {
      const world = mapped();
      const red = await world.record();
      world.faults.crashOn('after', 'opsItems.create');
      await world.handle(red).catch(() => undefined);
      world.faults.heal();
      const record = await world.record(GREEN);
      return { world, act: () => world.handle(record) };
    },
    executions: 0,
    state: 'Resolved',
    opsItem: 'Resolved',
    reconciled: true,
    unlinked: true,
    overtaken: true,
  },
];

/** How many calls an undisturbed run makes. */
async function callsOf({ prepare }: Play): Promise<number> {
  const { world, act } = await prepare();
  const before = world.faults.calls.length;
  await act();
  return world.faults.calls.length - before;
}

function expectEnd({ world }: Scene, play: Play): void {
  expect(world.runbooks.executions).toHaveLength(play.executions);
  expect(world.states).toEqual([play.state]);
  expect(world.opsItems.all.map(({ status }) => status)).toEqual([play.opsItem]);
  const open = play.state === 'Running' ? 1 : 0;
  const due = world.remediations.filter(({ nextActionAt }) => nextActionAt !== undefined);
  // An execution that is under way is looked after, even where its finding is Green by now.
  if (!play.overtaken) expect(due).toHaveLength(open);
  if (!play.unlinked) expect(world.remediation.opsItemId).toBe(world.opsItems.all[0]?.id);
}

describe.each(PLAYS)('$name', (play) => {
  it('undisturbed', async () => {
    const scene = await play.prepare();
    await scene.act();
    expectEnd(scene, play);
  });

  it('done twice is done once', async () => {
    const scene = await play.prepare();
    await scene.act();
    await scene.act();
    expectEnd(scene, play);
  });

  it.each(['before', 'after'] as const)('a crash %s any call, then the replay', async (when) => {
    const calls = await callsOf(play);
    expect(calls).toBeGreaterThan(1);
    for (let k = 1; k <= calls; k += 1) {
      const scene = await play.prepare();
      // The worst case: Systems Manager has forgotten the client token by the time of the replay.
      scene.world.runbooks.remembersTokens = false;
      scene.world.faults.crash(when, k);
      await expect(scene.act(), `call ${k}`).rejects.toBeInstanceOf(Crash);
      scene.world.faults.heal();
      await scene.act();
      expectEnd(scene, play);
    }
  });

  it('two crashes in a row, at any two calls, then the replay', async () => {
    const calls = await callsOf(play);
    for (let first = 1; first <= calls; first += 1) {
      for (let second = 1; second <= calls + 2; second += 1) {
        const scene = await play.prepare();
        scene.world.runbooks.remembersTokens = false;
        for (const at of [first, second]) {
          scene.world.faults.crash('after', at);
          await scene.act().catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
        }
        scene.world.faults.heal();
        await scene.act();
        expectEnd(scene, play);
      }
    }
  });
});

describe.each(PLAYS.filter(({ reconciled }) => reconciled))('$name, never replayed', (play) => {
  it('the reconciler finishes it, once there is a row', async () => {
    const calls = await callsOf(play);
    let finished = 0;
    for (let k = 1; k <= calls; k += 1) {
      const scene = await play.prepare();
      scene.world.runbooks.remembersTokens = false;
      scene.world.faults.crash('after', k);
      await scene.act().catch(() => undefined);
      scene.world.faults.heal();
      if (scene.world.remediations.length === 0) continue;
      scene.world.clock.advance(15 * MINUTE);
      await scene.world.reconcile();
      if (play.state !== 'Running') scene.world.clock.advance(15 * MINUTE);
      expectEnd(scene, play);
      finished += 1;
    }
    expect(finished).toBeGreaterThan(0);
  });
});
