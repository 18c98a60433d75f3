import type { Command } from 'commander';
import { tableOptionsOf } from './connection-options.ts';

/** What each exit code of a command means. */
export type ExitCodes = Readonly<Record<number, string>>;

/** What a command's help and docs/cli.md say beside its description, arguments and options. */
export interface Manual {
  /** @default DONE_OR_REFUSED */
  readonly exitCodes?: ExitCodes;
  /** Command lines; the first is the one that most people want. */
  readonly examples: readonly [string, ...string[]];
  /** What `--json` prints, by its names; `?`: not always there. */
  readonly json?: string;
}

const CANNOT = 'it could not be done: usage, file, table, endpoint, credentials, permission';

/** Of what changes something. */
export const DONE_OR_REFUSED: ExitCodes = {
  0: 'done',
  1: 'refused, or you said no: nothing was written',
  2: CANNOT,
};

/** Of what only shows something. */
export const DONE: ExitCodes = { 0: 'done', 2: CANNOT };

/** Of what judges something: what the first two codes mean, beside that it could not be done. */
export function judged(good: string, bad: string, cannot: string = CANNOT): ExitCodes {
  return { 0: good, 1: bad, 2: cannot };
}

type Told = Manual & { readonly exitCodes: ExitCodes };

const manuals = new WeakMap<Command, Told>();

/** Adds a manual to a command: its help ends with it, and docs/cli.md has it. */
export function addManual(command: Command, manual: Manual): Command {
  const told = { exitCodes: DONE_OR_REFUSED, ...manual };
  manuals.set(command, told);
  return command.addHelpText('after', () => `\n${sections(command, told).join('\n\n')}`);
}

/** The manual of a command; undefined: it has none, as a group of commands. */
export function manualOf(command: Command): Told | undefined {
  return manuals.get(command);
}

/** Every command below one, as its help shows them; without what is hidden, and without `help`. */
export function commandsOf(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => command.commands.includes(each))
    .flatMap((each) => [each, ...commandsOf(each)]);
}

/** `mappings put`: what is typed behind the program's name. */
export function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

function sections(command: Command, { exitCodes, examples, json }: Told): string[] {
  const tables = tableOptionsOf(command).map(({ flags, description }) => [flags, description] as const);
  return [
    ...(tables.length === 0 ? [] : [[TABLES, ...aligned(tables)].join('\n')]),
    ['Exit codes:', ...aligned(Object.entries(exitCodes))].join('\n'),
    ...(json === undefined ? [] : [['With --json:', ...indented(json.split('\n'))].join('\n')]),
    ['Examples:', ...indented(examples.map((example) => `$ ${example}`))].join('\n'),
  ];
}

const TABLES = `Tables that were deployed under other names than these
(or by environment variables such as REMEDIATOR_CHECK_TRACKER_TABLE):`;

function aligned(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
