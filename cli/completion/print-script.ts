import { join } from 'node:path';
import { script } from '@bomb.sh/tab';
import { openUi } from '../ui.ts';
import { bashScript } from './bash.ts';
import type { Shell } from './shells.ts';

const NAME = 'remediator';

/** Prints a shell's completion script, and before it, for who has no such command, a function that runs this checkout. */
export function printScript(shell: Shell): void {
  const { print } = openUi();
  const command = [process.execPath, join(import.meta.dirname, '..', 'remediator.ts')];
  print(HEADS[shell](command));
  if (shell === 'bash') print(bashScript(NAME));
  else script(shell, NAME, NAME);
}

type Head = (command: readonly string[]) => string;

const posix: Head = (command) =>
  `type ${NAME} >/dev/null 2>&1 || ${NAME}() { ${quoted(command, "'\\''")} "$@"; }`;

const HEADS: Readonly<Record<Shell, Head>> = {
  bash: posix,
  zsh: (command) => `${posix(command)}\n(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }`,
  fish: (command) => {
    const words = command.map((word) => `'${word.replaceAll(/['\\]/g, '\\$&')}'`).join(' ');
    return `type -q ${NAME}; or function ${NAME}; ${words} $argv; end`;
  },
  powershell: (command) =>
    `if (-not (Get-Command ${NAME} -ErrorAction SilentlyContinue)) { function global:${NAME} { & ${quoted(command, "''")} @args } }`,
};

function quoted(words: readonly string[], quote: string): string {
  return words.map((word) => `'${word.replaceAll("'", quote)}'`).join(' ');
}
