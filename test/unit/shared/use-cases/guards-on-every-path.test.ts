import { describe, expect, it } from 'vitest';
import { NO_GUARD } from '../../../../shared/domain/check-guard.ts';
import type { TrackedFinding } from '../../../../shared/domain/finding.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aMappingRow, CHECK_NAME, GROUP_ARN, REGION } from '../../../helpers/findings.ts';

// A guard that holds on one path and not on another is none: each is set here on every way that leads to a start.

const NOW = '2024-05-13T04:10:02.000Z';
const LONG_AGO = '2024-05-01T00:00:00Z';

/** What forbids a start: a row's attributes, and what else is to be so. */
interface Guard {
  readonly name: string;
  readonly row?: Readonly<Record<string, unknown>>;
  readonly set?: (world: World) => void;
  readonly code: string;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'pause',
    set: (world) => world.mappings.put({ checkName: '*', executionMode: 'off' }),
    code: 'PAUSED',
  },
  {
    name: 'row * switched off',
    set: (world) => world.mappings.put({ checkName: '*', automationStatus: false }),
    code: 'MAPPING_DISABLED',
  },
  { name: 'off', row: { executionMode: 'off' }, code: 'MODE_OFF' },
  { name: 'notify', row: { executionMode: 'notify' }, code: 'MAPPING_DISABLED' },
  { name: 'dryRun', row: { executionMode: 'dryRun' }, code: 'DRY_RUN' },
  {
    name: 'automationStatus false',
    row: { automationStatus: false, executionMode: 'automatic' },
    code: 'MAPPING_DISABLED',
  },
  {
    name: 'exception',
    set: (world) =>
      world.exceptions.rows.push({ resource: GROUP_ARN, checkName: '*', owner: 'me', reason: 'why' }),
    code: 'EXCEPTED',
  },
  { name: 'exempt tag', row: { exemptTags: ['keep'] }, set: tagged({ keep: 'yes' }), code: 'EXEMPT' },
  {
    name: 'required tag',
    row: { requiredTags: ['mend=yes'] },
    set: tagged({ mend: 'no' }),
    code: 'REQUIRED_TAG_MISSING',
  },
  { name: "owner's tag: off", set: tagged({ 'remediator:mode': 'off' }), code: 'MODE_TAG' },
  { name: "owner's tag: nonsense", set: tagged({ 'remediator:mode': 'please' }), code: 'MODE_TAG' },
  { name: "owner's tag: dryRun", set: tagged({ 'remediator:mode': 'dryRun' }), code: 'DRY_RUN' },
  {
    name: 'tags that cannot be read',
    set: (world) => {
      world.tags.of = async () => {
        throw awsError('AccessDeniedException');
      };
    },
    code: 'TAGS_UNREADABLE',
  },
  { name: 'account', row: { accounts: { exclude: [ACCOUNT] } }, code: 'OUT_OF_SCOPE' },
  { name: 'region', row: { regions: { include: ['eu-central-1'] } }, code: 'OUT_OF_SCOPE' },
  { name: 'resource', row: { resourcePattern: { exclude: 'sg-' } }, code: 'OUT_OF_SCOPE' },
  { name: 'window', row: { windows: [{ hours: '* 22 * * *', timeZone: 'UTC' }] }, code: 'WINDOW_CLOSED' },
  {
    name: 'calendar',
    row: { changeCalendars: ['freeze'] },
    set: (world) => {
      world.calendars.state = { open: false };
    },
    code: 'CALENDAR_CLOSED',
  },
  {
    name: 'a calendar that cannot be read',
    row: { changeCalendars: ['freeze'] },
    set: (world) => {
      world.calendars.stateOf = async () => {
        throw awsError('InvalidDocument');
      };
    },
    code: 'CALENDAR_UNREADABLE',
  },
  {
    name: 'maxConcurrent',
    row: { maxConcurrent: 1 },
    set: counted({ running: { other: 1 } }),
    code: 'CONCURRENCY_LIMIT',
  },
  {
    name: 'maxPerHour',
    row: { maxPerHour: 1 },
    set: counted({ starts: { other: NOW } }),
    code: 'HOURLY_LIMIT',
  },
  {
    name: 'failure breaker',
    row: { failureBreaker: { failures: 3, withinMinutes: 60, trialAfterMinutes: 10_080 } },
    set: counted({ breaker: { openedAt: NOW } }),
    code: 'BREAKER_OPEN',
  },
  {
    name: 'storm',
    row: { stopAfter: { findings: 3, withinMinutes: 60 } },
    set: counted({ storm: { openedAt: NOW } }),
    code: 'STORM_STOPPED',
  },
  {
    name: 'start rate',
    set: (world) => void world.guards.throttled.set(`${ACCOUNT} ${REGION}`, new Date('2024-05-14T00:00:00Z')),
    code: 'START_RATE',
  },
];

function tagged(tags: Readonly<Record<string, string>>) {
  return (world: World) => void world.tags.byArn.set(GROUP_ARN, tags);
}

function counted(guard: Partial<typeof NO_GUARD>) {
  return (world: World) => void world.guards.checks.set(CHECK_NAME, { ...NO_GUARD, version: 1, ...guard });
}

function forbid(world: World, { row = {}, set }: Guard): void {
  world.mappings.put(aMappingRow(row));
  set?.(world);
}

const LATER = { observedAt: new Date('2024-05-13T04:09:00Z') };

/** Every way that leads to a start: a world in which the next act would start the runbook. */
const PATHS: readonly {
  readonly name: string;
  /** It goes ahead at the pace that others wait for. */
  readonly paces?: true;
  readonly prepare: (world: World) => Promise<() => Promise<unknown>>;
}[] = [
  {
    name: 'a new finding',
    prepare: async (world) => {
      const record = await world.record();
      return () => world.handle(record);
    },
  },
  {
    name: 'a newer event of a finding that waited',
    prepare: async (world) => {
      world.mappings.rows.clear();
      await world.pass();
      const record = await world.record(LATER);
      return () => world.handle(record);
    },
  },
  {
    name: 'the replay of a claim whose handler died',
    prepare: async (world) => {
      const record = await world.record();
      world.faults.crashOn('after', 'executions.claim');
      await world.handle(record).catch(() => undefined);
      world.faults.heal();
      return () => world.handle(record);
    },
  },
  {
    name: 'the reconciler taking up a claim whose handler died',
    paces: true,
    prepare: async (world) => {
      const record = await world.record();
      world.faults.crashOn('after', 'executions.claim');
      await world.handle(record).catch(() => undefined);
      world.faults.heal();
      return () => later(world);
    },
  },
  {
    name: 'the reconciler, when a retry is due',
    paces: true,
    prepare: async (world) => {
      await world.pass();
      await world.close(world.runbooks.finish('Failed'));
      world.runbooks.executions.length = 0;
      return () => later(world);
    },
  },
  {
    name: 'a newer Red after a success',
    prepare: async (world) => {
      await world.pass({ observedAt: new Date(LONG_AGO) });
      world.clock.advance(-MINUTE);
      await world.close(world.runbooks.finish('Success'));
      world.clock.advance(MINUTE);
      world.runbooks.executions.length = 0;
      const record = await world.record({ observedAt: new Date('2024-05-13T04:09:30Z') });
      return () => world.handle(record);
    },
  },
  {
    name: 'a new episode',
    prepare: async (world) => {
      await world.pass({ observedAt: new Date(LONG_AGO) });
      await world.close(world.runbooks.finish('Success'));
      await world.pass({ observedAt: new Date('2024-05-12T00:00:00Z'), status: 'Green' });
      world.runbooks.executions.length = 0;
      const record: TrackedFinding = await world.record(LATER);
      return () => world.handle(record);
    },
  },
  {
    name: "a person's yes",
    prepare: async (world) => {
      world.mappings.put(aMappingRow({ executionMode: 'approval' }));
      await world.pass();
      return () => answers(world, 'approve');
    },
  },
  {
    name: "a person's wish for one more",
    prepare: async (world) => {
      world.mappings.put(aMappingRow({ maxAttempts: 1 }));
      await world.pass();
      await world.close(world.runbooks.finish('Failed'));
      world.runbooks.executions.length = 0;
      return () => answers(world, 'retry');
    },
  },
];

async function answers(world: World, answer: string): Promise<unknown> {
  const place = { account: ACCOUNT, region: REGION };
  const opsItemId = world.opsItems.all[0]?.id ?? '';
  await world.opsItems.update(opsItemId, { ...place, data: { plain: { answer } } });
  return answerOpsItem(world.deps, { ...place, opsItemId, status: 'Open', by: 'me' });
}

/** Until a retry or an abandoned claim is due. */
async function later(world: World): Promise<unknown> {
  world.clock.advance(10 * MINUTE);
  return world.reconcile();
}

describe.each(PATHS)('$name', ({ prepare, paces }) => {
  it('starts where nothing forbids it', async () => {
    const world = aWorld();
    const act = await prepare(world);
    world.mappings.put(aMappingRow());
    await act();
    expect(world.runbooks.executions).toHaveLength(1);
  });

  const guards = GUARDS.filter(({ name }) => !paces || name !== 'start rate');
  it.each(guards)('$name: nothing starts, and the row says $code', async (guard) => {
    const world = aWorld();
    const act = await prepare(world);
    forbid(world, guard);
    await act();
    expect(world.runbooks.executions).toEqual([]);
    expect(world.remediations.at(-1)).toMatchObject({ reasonCode: guard.code });
  });
});

describe('what is in another account', () => {
  it.each(PATHS.filter(({ name }) => name === 'a new finding'))('$name: nothing starts in ours', async () => {
    const world = aWorld();
    await world.pass({ account: '999999999999' });
    expect(world.runbooks.executions).toEqual([]);
    expect(world.remediation).toMatchObject({ state: 'Escalated', reasonCode: 'ACCOUNT_NOT_REACHABLE' });
    world.otherAccounts.add('999999999999');
    await world.pass({ account: '999999999999', ...LATER });
    expect(world.runbooks.executions).toMatchObject([{ account: '999999999999' }]);
  });
});
