import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandsOf, manualOf, pathOf } from '../../../cli/manual.ts';
import { createProgram } from '../../../cli/program.ts';

const program = createProgram();
const all = commandsOf(program);
const leaves = all.filter(({ commands }) => commands.length === 0);
const named = (commands: readonly Command[]) =>
  commands.map((command) => [pathOf(command), command] as const);

/** What prints something else than a result: a script, a schema. */
const NO_JSON = ['completion', 'mappings schema'];
const GROUPS = ['Decide:', 'Look:', 'Mappings:', 'Runbooks:', 'Operate:'];

describe('every command', () => {
  it.each(named(all))('%s has a summary of one line, and a description of whole sentences', (_, command) => {
    // What `remediator --help` leaves for it in a terminal of 80 columns, twice.
    expect(command.summary().length).toBeGreaterThan(10);
    expect(command.summary().length).toBeLessThan(90);
    expect(command.summary()).toMatch(/^[^A-Z].*[^.]$/);
    expect(command.description()).toMatch(/^[A-Z].*\.$/s);
  });

  it.each(named(all).filter(([, { parent }]) => parent === program))('%s is in a group', (_, command) => {
    expect(GROUPS).toContain(command.helpGroup());
  });

  it.each(named(all))('%s tells of each argument and option', (_, command) => {
    for (const { description } of [...command.registeredArguments, ...command.options])
      expect(description).not.toBe('');
  });

  it.each(named(all))('%s has no flag twice', (_, command) => {
    const flags = command.options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag);
    expect(flags).toEqual([...new Set(flags)]);
    for (const flag of flags) expect(flag).toMatch(/^(--[a-z]+(-[a-z]+)*|-[a-zA-Z])$/);
  });
});

describe('every command that does something', () => {
  it.each(named(leaves))('%s has exit codes, and examples of itself', (path, command) => {
    const manual = manualOf(command);
    expect(Object.keys(manual?.exitCodes ?? {})).toEqual(expect.arrayContaining(['0', '2']));
    expect(manual?.examples.length).toBeGreaterThan(0);
    for (const example of manual?.examples ?? []) expect(example).toContain(`remediator ${path}`);
  });

  it.each(named(leaves).filter(([path]) => !NO_JSON.includes(path)))(
    '%s has --json, and says what it prints',
    (_, command) => {
      expect(command.options.map(({ long }) => long)).toContain('--json');
      expect(manualOf(command)?.json).toMatch(/\{.+\}/s);
    },
  );

  it.each(named(leaves))('%s: its help has it all', (_, command) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 });
    command.outputHelp();
    const { examples = [], json = '', exitCodes = {} } = manualOf(command) ?? {};
    for (const text of [...examples, ...json.split('\n'), ...Object.values(exitCodes)])
      expect(help).toContain(text);
    for (const line of help.split('\n').filter((line) => !/^ {2}\$ |^Usage/.test(line)))
      expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

describe('flags that several commands have', () => {
  it('take the same values, and say the same', () => {
    const spelled = new Map<string, string>();
    for (const { options } of leaves)
      for (const { long, flags } of options.filter(({ long }) => SHARED.includes(String(long)))) {
        expect(spelled.get(String(long)) ?? flags).toBe(flags);
        spelled.set(String(long), flags);
      }
    expect([...spelled.keys()].sort()).toEqual([...SHARED].sort());
  });
});

const SHARED = ['--json', '--yes', '--limit', '--profile', '--region', '--endpoint-url', '--starting-token'];

describe('remediator', () => {
  async function ends(args: readonly string[]) {
    const said = { out: '', error: '' };
    const fresh = createProgram();
    for (const command of [fresh, ...commandsOf(fresh)])
      command.configureOutput({
        writeOut: (text) => (said.out += text),
        writeErr: (text) => (said.error += text),
      });
    try {
      await fresh.parseAsync(args, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return { ...said, exitCode: error.exitCode };
    }
    throw new Error('It ran.');
  }

  it('prints its version', async () => {
    expect(await ends(['--version'])).toEqual({
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      error: '',
      exitCode: 0,
    });
  });

  it('alone prints its help, which is wrong usage', async () => {
    const { error, exitCode } = await ends([]);
    expect(exitCode).not.toBe(0);
    const places = GROUPS.map((group) => error.indexOf(`\n${group}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(error).not.toContain('\nCommands:');
  });

  it.each([
    [['aprove', 'oi-1'], 'approve'],
    [['findings', 'lst'], 'list'],
    [['mappings', 'instal', 'cloudtrail'], 'install'],
    [['explain', 'event.json', '--maping', 'x'], '--mappings'],
    [['findings', 'list', '--limits', '3'], '--limit'],
  ])('%j: says what may have been meant', async (args, meant) => {
    expect((await ends(args)).error).toContain(`(Did you mean ${meant}?)`);
  });
});
