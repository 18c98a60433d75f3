import { type Command, InvalidArgumentError } from 'commander';

/** A reader that has seen enough (`| head`) ends us without a stack. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** A command that refuses what it does not know, and says so in one line. */
export function strictly(command: Command): Command {
  return command.allowExcessArguments(false).configureOutput({
    outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}\n`),
  });
}

/** @throws InvalidArgumentError */
export function urlOf(text: string): string {
  if (isUrl(text)) return text;
  throw new InvalidArgumentError('It must be a URL such as http://127.0.0.1:8000.');
}

export function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Ends the process: a person's mistake has a code and one line; anything else is a bug, and its stack helps. */
export function exitWith(error: unknown, exitCode = 1): never {
  const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
  process.stderr.write(`error: ${known ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exit(exitCode);
}
