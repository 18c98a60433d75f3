import type { Argument, Command, Option } from 'commander';
import { GROUP, tableOptionsOf } from '../connection-options.ts';
import { manualOf, pathOf } from '../manual.ts';
import { code, escaped } from './markdown.ts';

/** What the page's beginning tells of, once for all commands. */
const SHARED: readonly (string | undefined)[] = ['--json', '--yes'];

/** One command: what it does, takes, prints, and ends with; blocks of Markdown. */
export function renderCommand(command: Command): string[] {
  const path = pathOf(command);
  const { exitCodes = {}, json, examples = [] } = manualOf(command) ?? {};
  const codes = Object.entries(exitCodes).map(([number, meaning]) => `${code(number)} ${escaped(meaning)}`);
  return [
    `### ${path}`,
    ...command.description().split('\n').map(escaped),
    block(`remediator ${path} ${command.usage()}`),
    ...taken(command),
    `Exit codes: ${codes.join('; ')}.`,
    ...(json === undefined ? [] : ['With `--json`:', block(json)]),
    examples.length === 1 ? 'Example:' : 'Examples:',
    block(examples.join('\n'), 'sh'),
  ];
}

function block(text: string, language = ''): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function taken(command: Command): string[] {
  const isOwn = ({ long, helpGroupHeading }: Option) => !SHARED.includes(long) && helpGroupHeading !== GROUP;
  const rows = [
    ...command.registeredArguments.map(argumentRow),
    ...command.options.filter(isOwn).map(optionRow),
  ];
  const shared = [
    ...command.options.filter(({ long }) => SHARED.includes(long)),
    ...command.options.filter(
      ({ long, helpGroupHeading }) => long === '--profile' && helpGroupHeading === GROUP,
    ),
    ...tableOptionsOf(command),
  ].map(({ long }) => (long === '--profile' ? PLACE : code(String(long))));
  return [
    ...(rows.length === 0 ? [] : [['| | |', '| --- | --- |', ...rows].join('\n')]),
    ...(shared.length === 0
      ? []
      : [`[Shared with other commands](#what-all-commands-share): ${shared.join(', ')}.`]),
  ];
}

const PLACE = '`--profile`, `--region`, `--endpoint-url`';

function argumentRow(argument: Argument): string {
  const called = `${argument.name()}${argument.variadic ? '...' : ''}`;
  const term = argument.required ? `<${called}>` : `[${called}]`;
  return row(term, argument.description, [choices(argument.argChoices)]);
}

function optionRow({ flags, description, argChoices, defaultValue, envVar }: Option): string {
  return row(flags, description, [
    choices(argChoices),
    defaultValue === undefined ? '' : `default ${code(String(defaultValue))}`,
    envVar === undefined ? '' : `or ${code(envVar)} in the environment`,
  ]);
}

function row(term: string, description: string, notes: readonly string[]): string {
  const noted = notes.filter((note) => note !== '');
  return `| ${code(term)} | ${escaped(description)}${noted.length === 0 ? '' : ` (${noted.join('; ')})`} |`;
}

function choices(values: readonly string[] | undefined): string {
  return values === undefined ? '' : values.map(code).join(', ');
}
