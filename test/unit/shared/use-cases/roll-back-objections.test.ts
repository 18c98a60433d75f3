import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { aRunbook, CHECK_NAME } from '../../../helpers/findings.ts';

const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };
const ROLLBACK = {
  rollbackDocument: 'Undo',
  rollbackParameters: JSON.stringify({ GroupId: ['$resourceId'], Rules: ['$outputs.Save.Rules'] }),
};

/** A world in which the runbook has succeeded, Green is awaited, and a Red would be rolled back. */
async function verifying(): Promise<World> {
  const world = aWorld({ resolveOn: 'verification', onStillRed: 'rollback', ...ROLLBACK });
  world.runbooks.documents.set('Undo', aRunbook({ name: 'Undo', parameters: [] }));
  await world.pass();
  const execution = world.runbooks.finish('Success');
  Object.assign(execution, { outputs: { 'Save.Rules': ['[1]'] } });
  await world.close(execution);
  return world;
}

function edit(changes: Readonly<Record<string, unknown>>) {
  return (world: World) => world.mappings.put({ ...world.mappings.rows.get(CHECK_NAME), ...changes });
}

interface Objection {
  readonly what: string;
  readonly change: (world: World) => unknown;
  readonly code: string;
}

const OBJECTIONS: readonly Objection[] = [
  {
    what: 'a pause',
    change: (world) => world.mappings.put({ checkName: '*', executionMode: 'off' }),
    code: 'PAUSED',
  },
  {
    what: 'an exception',
    change: (world) =>
      world.exceptions.rows.push({ resource: 'regex:.', checkName: '*', owner: 'o', reason: 'r' }),
    code: 'EXCEPTED',
  },
  {
    what: 'a mapping that is gone',
    change: (world) => world.mappings.rows.clear(),
    code: 'MAPPING_NOT_FOUND',
  },
  { what: 'a broken mapping', change: edit({ extra: 1 }), code: 'MAPPING_ATTRIBUTE_UNKNOWN' },
  { what: 'a dry run', change: edit({ executionMode: 'dryRun' }), code: 'DRY_RUN' },
  { what: 'a closed window', change: edit({ windows: [{ hours: '* 23 * * *' }] }), code: 'WINDOW_CLOSED' },
  {
    what: 'a closed calendar',
    change: (world) => {
      world.calendars.state = { open: false };
      edit({ changeCalendars: ['c'] })(world);
    },
    code: 'CALENDAR_CLOSED',
  },
  {
    what: 'an output without a value',
    change: (world) => Object.assign(world.runbooks.executions[0] ?? {}, { outputs: { 'Save.Rules': [''] } }),
    code: 'PARAMETER_EMPTY',
  },
  {
    what: 'no rollbackDocument',
    change: async (world) => {
      const { policy, ...key } = world.remediation;
      if (policy === undefined) throw new Error('The row has no policy');
      const { rollback: _, ...rest } = policy;
      await world.executions.amend(key, 'Verifying', { policy: rest });
    },
    code: 'ROLLBACK_IMPOSSIBLE',
  },
];

describe('a rollback that Remediator would start by itself', () => {
  it.each(OBJECTIONS)('$what: it is not started, and people are told', async ({ change, code }) => {
    const world = await verifying();
    await change(world);
    expect(await world.pass(LATER)).toBe('escalated');
    expect(world.runbooks.executions).toHaveLength(1);
    expect(world.states).toEqual(['Failed']);
    expect(world.opsItems.all[0]?.data.result).toContain(`It was not undone: ${code}`);
    expect(world.opsItems.all[0]?.data.result).toContain('"undo"');
  });

  it('is tried again where Systems Manager takes no more starts now', async () => {
    const world = await verifying();
    const record = await world.record(LATER);
    world.runbooks.refusal = new RemediatorError('START_THROTTLED', 'Later.');
    await expect(world.handle(record)).rejects.toMatchObject({ code: 'START_THROTTLED' });
    world.runbooks.refusal = undefined;
    expect(await world.handle(record)).toBe('rolling back');
    expect(world.runbooks.executions).toHaveLength(2);
  });
});
