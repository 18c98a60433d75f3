import { describe, expect, it } from 'vitest';
import { type CheckGuard, NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aMappingRow, CHECK_NAME, REGION } from '../../../helpers/findings.ts';
import { finishAll, group, groupId, runs, wait } from '../../../helpers/waiting.ts';

// What holds for one start holds for many that start together.

const guardOf = (world: World): CheckGuard => world.guards.checks.get(CHECK_NAME) ?? NO_GUARD;
const later = (world: World, minutes: number) => world.clock.advance(minutes * MINUTE);
const valuesOf = (world: World) => world.runbooks.executions.map(({ rateControl }) => rateControl?.values);

interface Guard {
  readonly name: string;
  readonly forbid: (world: World) => unknown;
  readonly code: string;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'a pause',
    forbid: (world) => world.mappings.put({ checkName: '*', executionMode: 'off' }),
    code: 'PAUSED',
  },
  {
    name: 'off',
    forbid: (world) => world.mappings.put(aMappingRow({ executionMode: 'off' })),
    code: 'MODE_OFF',
  },
  {
    name: 'notify',
    forbid: (world) => world.mappings.put(aMappingRow({ executionMode: 'notify' })),
    code: 'MAPPING_DISABLED',
  },
  {
    name: 'approval',
    forbid: (world) => world.mappings.put(aMappingRow({ executionMode: 'approval' })),
    code: 'APPROVAL_NEEDED',
  },
  {
    name: 'dryRun',
    forbid: (world) => world.mappings.put(aMappingRow({ executionMode: 'dryRun' })),
    code: 'DRY_RUN',
  },
  {
    name: 'an exception',
    forbid: (world) =>
      world.exceptions.rows.push({ resource: 'regex:sg-', checkName: '*', owner: 'me', reason: 'so' }),
    code: 'EXCEPTED',
  },
  {
    name: 'a required tag',
    forbid: (world) => world.mappings.put(aMappingRow({ requiredTags: ['mend'] })),
    code: 'REQUIRED_TAG_MISSING',
  },
  {
    name: 'a closed calendar',
    forbid(world) {
      world.mappings.put(aMappingRow({ changeCalendars: ['freeze'] }));
      world.calendars.state = { open: false };
    },
    code: 'CALENDAR_CLOSED',
  },
  {
    name: 'a window',
    forbid: (world) =>
      world.mappings.put(aMappingRow({ windows: [{ hours: '* 22 * * *', timeZone: 'UTC' }] })),
    code: 'WINDOW_CLOSED',
  },
  {
    name: 'an open breaker',
    forbid(world) {
      world.mappings.put(aMappingRow({ failureBreaker: { failures: 1, withinMinutes: 5 } }));
      const breaker = { openedAt: world.clock.now().toISOString() };
      world.guards.checks.set(CHECK_NAME, { ...NO_GUARD, version: 1, breaker });
    },
    code: 'BREAKER_OPEN',
  },
  {
    name: 'a storm',
    forbid(world) {
      const storm = { openedAt: world.clock.now().toISOString() };
      world.guards.checks.set(CHECK_NAME, { ...NO_GUARD, version: 1, storm });
    },
    code: 'STORM_STOPPED',
  },
  {
    name: 'maxConcurrent',
    forbid(world) {
      world.mappings.put(aMappingRow({ maxConcurrent: 2 }));
      world.guards.checks.set(CHECK_NAME, { ...NO_GUARD, version: 1, running: { a: 1, b: 1 } });
    },
    code: 'CONCURRENCY_LIMIT',
  },
  {
    name: 'maxPerHour',
    forbid(world) {
      world.mappings.put(aMappingRow({ maxPerHour: 1 }));
      const starts = { a: world.clock.now().toISOString() };
      world.guards.checks.set(CHECK_NAME, { ...NO_GUARD, version: 1, starts });
    },
    code: 'HOURLY_LIMIT',
  },
];

describe('findings that wait together', () => {
  it.each(GUARDS)(
    '$name: none of them starts, and each row and OpsItem says why',
    async ({ forbid, code }) => {
      const world = aWorld();
      await wait(world, 3);
      forbid(world);
      await world.reconcile();
      expect(world.runbooks.executions).toEqual([]);
      expect(world.remediations).toMatchObject(Array(3).fill({ reasonCode: code }));
      for (const { opsItemId } of world.remediations)
        expect(world.opsItems.all.find(({ id }) => id === opsItemId)?.data.reason).toBe(code);
    },
  );

  it('an exempt one stays behind, and the others start', async () => {
    const world = aWorld({ exemptTags: ['leave'] });
    await wait(world, 3);
    world.tags.byArn.set(group(2), { leave: '' });
    await world.reconcile();
    expect(valuesOf(world)).toEqual([[groupId(1), groupId(3)]]);
    expect(world.states).toEqual(['Running', 'Suppressed', 'Running']);
  });
});

describe('stopAfter', () => {
  it('counts findings that came while nothing was started, and stops them all', async () => {
    const world = aWorld({ stopAfter: { findings: 4, withinMinutes: 10 } });
    await wait(world, 6);
    expect(Object.keys(guardOf(world).arrivals)).toEqual([]);
    await world.reconcile();
    expect(world.runbooks.executions).toEqual([]);
    expect(guardOf(world).storm).toBeDefined();
    expect(world.remediations).toMatchObject(
      Array(6).fill({ state: 'Deferred', reasonCode: 'STORM_STOPPED' }),
    );
    const [storm] = world.opsItems.all.filter(({ data }) => data.gathers === 'storm');
    await answerOpsItem(world.deps, {
      account: ACCOUNT,
      region: REGION,
      opsItemId: await answered(world, storm?.id ?? '', 'resume'),
      status: 'Open',
      by: 'me',
    });
    later(world, 2);
    await world.reconcile();
    expect(runs(world).size).toBe(6);
  });

  it('counts one that waited once, and lets as many start as it allows', async () => {
    const world = aWorld({ stopAfter: { findings: 4, withinMinutes: 600 } });
    await wait(world, 4);
    await world.reconcile();
    expect(valuesOf(world)).toEqual([[1, 2, 3, 4].map(groupId)]);
    expect(Object.keys(guardOf(world).arrivals)).toHaveLength(4);
    expect(await world.pass({ resource: group(5) })).toBe('deferred');
    expect(world.remediations[4]?.reasonCode).toBe('STORM_STOPPED');
  });
});

async function answered(world: World, opsItemId: string, answer: string): Promise<string> {
  await world.opsItems.update(opsItemId, { account: ACCOUNT, region: REGION, data: { plain: { answer } } });
  return opsItemId;
}

describe('failureBreaker', () => {
  it('counts the failures of each, and its trial is a single one', async () => {
    const failureBreaker = { failures: 2, withinMinutes: 60, trialAfterMinutes: 5 };
    const world = aWorld({ failureBreaker, maxAttempts: 1, maxErrors: '100%' });
    await wait(world, 2);
    await world.reconcile();
    await finishAll(world, 'Failed');
    expect(guardOf(world).breaker).toBeDefined();
    await wait(world, 3, 10);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(1);
    later(world, 6);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(2);
    expect(world.runbooks.executions[1]?.rateControl).toBeUndefined();
    await finishAll(world);
    later(world, 6);
    await world.reconcile();
    expect(world.runbooks.executions).toHaveLength(3);
    expect(valuesOf(world)[2]).toHaveLength(2);
  });
});

describe('approval', () => {
  it('given to each of them lets them start, with the parameters that were approved', async () => {
    const world = aWorld({ executionMode: 'approval' });
    for (const n of [1, 2]) await world.pass({ resource: group(n) });
    const until = new Date(world.clock.now().getTime() + MINUTE);
    world.guards.throttled.set(`${ACCOUNT} ${REGION}`, until);
    for (const { id } of [...world.opsItems.all]) {
      const opsItemId = await answered(world, id, 'approve');
      await answerOpsItem(world.deps, {
        account: ACCOUNT,
        region: REGION,
        opsItemId,
        status: 'Open',
        by: 'me',
      });
    }
    expect(world.remediations).toMatchObject(Array(2).fill({ state: 'Deferred', reasonCode: 'START_RATE' }));
    later(world, 1);
    await world.reconcile();
    expect(valuesOf(world)).toEqual([[1, 2].map(groupId)]);
    expect(world.remediations).toMatchObject(
      Array(2).fill({ state: 'Running', reasonCode: 'APPROVED', approval: { by: 'me' } }),
    );
  });
});
