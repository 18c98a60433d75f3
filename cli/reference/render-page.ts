import type { Command } from 'commander';
import { commandsOf, pathOf } from '../manual.ts';
import { escaped } from './markdown.ts';
import { renderCommand } from './render-command.ts';

/** Written by hand: what is worth knowing and too long for help, by the file's name without `.md`. */
export type Fragments = ReadonlyMap<string, string>;

const MADE =
  '<!-- Made by npm run docs:cli, of what the commands say of themselves and of docs/cli/*.md. -->';

/**
 * docs/cli.md: `intro`, and each group of commands with its fragment (`look`), each command with its own (`mappings-put`).
 * @throws Error where a fragment is of no command
 */
export function renderPage(program: Command, fragments: Fragments): string {
  const rest = new Map(fragments);
  const take = (name: string): string[] => {
    const text = rest.get(name);
    rest.delete(name);
    // They are a folder below the page.
    return text === undefined ? [] : [text.trim().replaceAll('](../', '](')];
  };
  const sections = [...groupsOf(program)].flatMap(([group, commands]) => [
    `## ${group}`,
    ...take(group.toLowerCase()),
    ...commands.flatMap((command) => render(command, take)),
  ]);
  const page = [MADE, ...take('intro'), contents(program), ...sections].join('\n\n');
  if (rest.size > 0) throw new Error(`docs/cli has pages of no command: ${[...rest.keys()].join(', ')}`);
  return `${page}\n`;
}

/** `Decide`, and what is in it, in the order of the help. */
function groupsOf(program: Command): Map<string, Command[]> {
  const top = commandsOf(program).filter(({ parent }) => parent === program);
  return Map.groupBy(top, (command) => command.helpGroup().replace(/:$/, ''));
}

function render(command: Command, take: (name: string) => readonly string[]): string[] {
  const own = take(pathOf(command).replaceAll(' ', '-'));
  const below = commandsOf(command);
  return below.length === 0
    ? [...renderCommand(command), ...own]
    : [...own, ...below.flatMap((each) => render(each, take))];
}

function contents(program: Command): string {
  const rows = [...groupsOf(program)].flatMap(([group, commands]) =>
    commands
      .flatMap((command) => [command, ...commandsOf(command)])
      .filter(({ commands: below }) => below.length === 0)
      .map((command, index) => {
        const path = pathOf(command);
        const link = `[${path}](#${path.replaceAll(' ', '-')})`;
        return `| ${index === 0 ? group : ''} | ${link} | ${escaped(command.summary())} |`;
      }),
  );
  return ['| | command | |', '| --- | --- | --- |', ...rows].join('\n');
}
