import { describe, expect, it } from 'vitest';
import { type DefaultsRow, type DefaultsTable, modeBefore } from '../../../../cli/pause/defaults-row.ts';
import { pauseAll, resumeAll } from '../../../../cli/pause/pause.ts';
import { FakeClock } from '../../../helpers/fakes.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';

class FakeTable implements DefaultsTable {
  row: DefaultsRow | undefined;

  constructor(row?: DefaultsRow) {
    this.row = row;
  }

  async read(): Promise<DefaultsRow | undefined> {
    return this.row;
  }

  async pause(_: unknown, note: object): Promise<void> {
    this.row = { checkName: '*', ...this.row, executionMode: 'off', pause: note };
  }

  async resume(before: DefaultsRow): Promise<void> {
    const { executionMode: _, pause: __, ...rest } = before;
    const mode = modeBefore(before);
    this.row = { ...rest, ...(mode ? { executionMode: mode } : {}) };
  }
}

function deps(row?: DefaultsRow) {
  return { table: new FakeTable(row), clock: new FakeClock(), ui: new FakeUi() };
}

const INPUT = { by: 'alice', reason: 'a release' };

describe('pause', () => {
  it.each<[string, DefaultsRow | undefined]>([
    ['no row', undefined],
    ['a mode', { checkName: '*', executionMode: 'approval', maxPerHour: 5 }],
    ['no mode', { checkName: '*', requiredTags: ['auto'] }],
  ])('%s: off, with who and why; resume puts back what was there', async (_, row) => {
    const world = deps(row);
    await pauseAll(world, INPUT);
    expect(world.table.row).toMatchObject({
      ...row,
      executionMode: 'off',
      pause: { by: 'alice', reason: 'a release', at: '2024-05-13T04:10:02.000Z' },
    });
    expect(world.ui.printed.join('\n')).toContain('within a minute');
    await resumeAll(world, {});
    expect(world.table.row).toEqual(row ?? { checkName: '*' });
    expect(world.ui.questions).toEqual([
      'Pause all remediation?',
      'End the pause by alice since 2024-05-13T04:10:02.000Z (a release)?',
    ]);
  });

  it('shows what changes and what does not, before it asks', async () => {
    const world = deps({ checkName: '*', executionMode: 'approval', maxPerHour: 5 });
    await pauseAll(world, INPUT);
    const [diff = ''] = world.ui.printed;
    expect(diff.split('\n')).toEqual([
      'The row * of AutomationMappingTable:',
      '  checkName: "*"',
      '- executionMode: "approval"',
      '+ executionMode: "off"',
      '  maxPerHour: 5',
      '+ pause: {"by":"alice","at":"2024-05-13T04:10:02.000Z","reason":"a release","executionMode":"approval"}',
    ]);
  });

  it('a no changes nothing', async () => {
    const world = deps();
    world.ui.says = false;
    await expect(pauseAll(world, INPUT)).rejects.toMatchObject({ code: 'DECLINED', exitCode: 1 });
    expect(world.table.row).toBeUndefined();
  });

  it('--yes asks nothing, and --json prints one object, the diff beside it', async () => {
    const world = deps();
    await pauseAll(world, { ...INPUT, yes: true, json: true });
    expect(world.ui.questions).toEqual([]);
    expect(world.ui.json).toMatchObject({ paused: true, before: null, after: { executionMode: 'off' } });
    expect(world.ui.remarks.join('\n')).toContain('+ executionMode: "off"');
  });

  it('paused already: says by whom, and keeps what was remembered', async () => {
    const row = {
      checkName: '*',
      executionMode: 'off',
      pause: { by: 'bob', at: 'then', executionMode: 'dryRun' },
    };
    const world = deps(row);
    await expect(pauseAll(world, INPUT)).rejects.toMatchObject({
      code: 'PAUSED',
      exitCode: 1,
      message: expect.stringContaining('by bob since then'),
    });
    expect(world.table.row).toBe(row);
  });

  it('a broken row is no reason not to pause, and is told', async () => {
    const world = deps({ checkName: '*', maxPerHor: 5 });
    await pauseAll(world, INPUT);
    expect(world.table.row).toMatchObject({ executionMode: 'off', maxPerHor: 5 });
    expect(world.ui.remarks.join('\n')).toMatch(/^warning: .*maxPerHor/);
  });
});

describe('resume --all', () => {
  it('off by hand: the mode goes, and nothing is made up', async () => {
    const world = deps({ checkName: '*', executionMode: 'off', maxPerHour: 5 });
    await resumeAll(world, {});
    expect(world.table.row).toEqual({ checkName: '*', maxPerHour: 5 });
  });

  it.each<[DefaultsRow | undefined, string]>([
    [undefined, 'is not paused: nothing'],
    [{ checkName: '*', executionMode: 'notify' }, 'is not paused: nothing'],
    [{ checkName: '*', automationStatus: false }, 'automationStatus false, which only notifies'],
  ])('%j is no pause', async (row, sentence) => {
    await expect(resumeAll(deps(row), {})).rejects.toMatchObject({
      code: 'NOT_PAUSED',
      exitCode: 1,
      message: expect.stringContaining(sentence),
    });
  });
});
