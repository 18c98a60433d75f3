import { describe, expect, it } from 'vitest';
import { addException } from '../../../../cli/exceptions/add.ts';
import type {
  ExceptionKey,
  ExceptionRow,
  ExceptionTable,
} from '../../../../cli/exceptions/exception-table.ts';
import { listExceptions } from '../../../../cli/exceptions/list.ts';
import { type AddOptions, readException } from '../../../../cli/exceptions/read-exception.ts';
import { removeException } from '../../../../cli/exceptions/remove.ts';
import { exceptionFor, type RemediationException } from '../../../../shared/domain/exception.ts';
import { DAY, FakeClock } from '../../../helpers/fakes.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { aFinding, CHECK_NAME, GROUP_ARN } from '../../../helpers/findings.ts';

const NOW = new Date('2024-05-13T04:10:02.500Z');
const OPTIONS: AddOptions = {
  resource: GROUP_ARN,
  check: CHECK_NAME,
  owner: 'alice',
  reason: 'a test',
  for: '30d',
};

class FakeTable implements ExceptionTable {
  readonly rows: ExceptionRow[] = [];

  async get({ resource, checkName }: ExceptionKey): Promise<ExceptionRow | undefined> {
    return this.rows.find((row) => row.resource === resource && row.checkName === checkName);
  }

  async put(exception: RemediationException, before: ExceptionRow | undefined): Promise<void> {
    if (before) await this.remove(before);
    this.rows.push({ ...exception });
  }

  async remove(before: ExceptionRow): Promise<void> {
    this.rows.splice(this.rows.indexOf(before), 1);
  }
}

const deps = () => ({ table: new FakeTable(), clock: new FakeClock(NOW.toISOString()), ui: new FakeUi() });
/** Options without some, and with others. */
const but = (changes: Readonly<Record<string, string | undefined>>): AddOptions => {
  const entries = Object.entries({ ...OPTIONS, ...changes }).filter(([, value]) => value !== undefined);
  // The test means it.
  return Object.fromEntries(entries) as unknown as AddOptions;
};

describe('an exception as it is written', () => {
  it.each([
    [{ for: '90m' }, '2024-05-13T05:40:02Z'],
    [{ for: '12h' }, '2024-05-13T16:10:02Z'],
    [{ for: '30d' }, '2024-06-12T04:10:02Z'],
    [{ for: '8w' }, '2024-07-08T04:10:02Z'],
    [{ for: undefined, until: '2024-12-31' }, '2024-12-31T00:00:00Z'],
    [{ for: undefined, until: '2024-12-31T18:00:00Z' }, '2024-12-31T18:00:00Z'],
    [{ for: undefined, until: '2024-12-31T18:00+01:00' }, '2024-12-31T17:00:00Z'],
  ])('%j ends at %s', (changes, end) => {
    expect(readException(but(changes), NOW).expiresAt).toBe(Date.parse(end) / 1000);
  });

  it('covers what it says, as decisions see it', () => {
    const covers = (changes: object) =>
      exceptionFor([readException(but({ ...changes }), NOW)], aFinding(), NOW) !== undefined;
    expect(covers({})).toBe(true);
    expect(covers({ check: '*' })).toBe(true);
    expect(covers({ resource: undefined, pattern: 'sg-0a1b' })).toBe(true);
    expect(covers({ resource: 'another' })).toBe(false);
    expect(covers({ resource: undefined, pattern: '^sg-0a1b' })).toBe(false);
    expect(covers({ check: 'another' })).toBe(false);
  });

  it.each([
    [{ resource: undefined }, 'USAGE'],
    [{ pattern: 'x' }, 'USAGE'],
    [{ resource: '' }, 'USAGE'],
    [{ resource: undefined, pattern: '' }, 'USAGE'],
    [{ resource: 'regex:x' }, 'USAGE'],
    [{ check: ' ' }, 'USAGE'],
    [{ owner: ' ' }, 'USAGE'],
    [{ reason: '' }, 'USAGE'],
    [{ for: undefined }, 'USAGE'],
    [{ until: '2024-12-31' }, 'USAGE'],
    [{ resource: undefined, pattern: '(?=x)' }, 'PATTERN_INVALID'],
    [{ resource: 'x'.repeat(2049) }, 'TOO_LONG'],
    [{ check: 'é'.repeat(513) }, 'TOO_LONG'],
    [{ for: undefined, until: '2024-05-13T04:10:02Z' }, 'IN_THE_PAST'],
    [{ for: undefined, until: '2024-02-30' }, 'NOT_A_TIME'],
    [{ for: undefined, until: 'tomorrow' }, 'NOT_A_TIME'],
    [{ for: undefined, until: '2024-12-31T18:00' }, 'NOT_A_TIME'],
    [{ for: undefined, until: '1' }, 'NOT_A_TIME'],
    [{ for: '0d' }, 'NOT_A_TIME'],
    [{ for: '1y' }, 'NOT_A_TIME'],
    [{ for: '-1d' }, 'NOT_A_TIME'],
    [{ for: '999999w' }, 'NOT_A_TIME'],
  ])('%j is refused: %s', (changes, code) => {
    expect(() => readException(but(changes), NOW)).toThrow(expect.objectContaining({ code }));
  });
});

describe('exceptions add', () => {
  it('shows it, asks, and puts it', async () => {
    const world = deps();
    await addException(world, OPTIONS);
    expect(world.ui.questions).toEqual(['Add this exception?']);
    expect(world.ui.printed[0]).toContain('+ until: "2024-06-12T04:10:02.000Z"');
    expect(world.table.rows).toEqual([
      {
        resource: GROUP_ARN,
        checkName: CHECK_NAME,
        owner: 'alice',
        reason: 'a test',
        expiresAt: Date.parse('2024-06-12T04:10:02Z') / 1000,
      },
    ]);
  });

  it('one that is there is changed, and the change is shown', async () => {
    const world = deps();
    await addException(world, OPTIONS);
    await addException(world, { ...OPTIONS, owner: 'bob' });
    expect(world.ui.questions[1]).toBe('Change this exception?');
    expect(world.ui.printed[2]).toContain('- owner: "alice"\n+ owner: "bob"');
    expect(world.table.rows).toMatchObject([{ owner: 'bob' }]);
  });

  it('a no changes nothing', async () => {
    const world = deps();
    world.ui.says = false;
    await expect(addException(world, OPTIONS)).rejects.toMatchObject({ code: 'DECLINED' });
    expect(world.table.rows).toEqual([]);
  });
});

describe('exceptions remove', () => {
  it('shows it, asks, and removes it', async () => {
    const world = deps();
    await addException(world, { ...OPTIONS, yes: true });
    await removeException(world, { resource: GROUP_ARN, check: CHECK_NAME });
    expect(world.ui.questions).toEqual(['Remove this exception?']);
    expect(world.table.rows).toEqual([]);
  });

  it('one that is not there is an error that says where to look', async () => {
    await expect(removeException(deps(), { resource: 'x', check: '*', yes: true })).rejects.toMatchObject({
      code: 'NO_EXCEPTION',
      message: expect.stringContaining('exceptions list'),
    });
  });
});

describe('exceptions list', () => {
  it('those that end first come first; what has ended, and what never ends, says so', async () => {
    const [ui, clock] = [new FakeUi(), new FakeClock()];
    const at = (days: number) => (clock.now().getTime() + days * DAY) / 1000;
    const rows = [
      { resource: 'forever', checkName: '*', owner: 'o', reason: 'r' },
      { resource: 'later', checkName: '*', owner: 'o', reason: 'r', expiresAt: at(2) },
      { resource: 'ended', checkName: '*', owner: 'o', reason: 'r', expiresAt: at(-1) },
      { resource: 'other', checkName: 'c', owner: 'o', reason: 'r', expiresAt: at(1) },
    ];
    await listExceptions({ exceptions: { list: async () => rows }, clock, ui }, { check: '*', json: true });
    expect(ui.json.exceptions).toMatchObject([
      { resource: 'ended', ended: true },
      { resource: 'later', ended: false, until: '2024-05-15T04:10:02.000Z' },
      { resource: 'forever', ended: false },
    ]);
  });
});
