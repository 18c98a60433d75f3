import { CliError } from './cli-error.ts';
import { outliveReaders } from './terminal.ts';

/** How a command speaks with people, or with the program that called it. */
export interface Ui {
  /** One line, or several, of the result: made printable already, since it may have colours. */
  print(text: string): void;
  /** What is not the result: progress, and remarks. Made printable already, too. */
  remark(text: string): void;
  /** @throws CliError NOT_ASKED where there is nobody to ask */
  ask(question: string): Promise<boolean>;
}

let printed = false;

/** Whether this process has printed a result. */
export function hasPrinted(): boolean {
  return printed;
}

/** Standard output for the result, standard error for all else. */
export function openUi(): Ui {
  outliveReaders();
  return {
    print: (text) => {
      printed = true;
      process.stdout.write(`${text}\n`);
    },
    remark: (text) => process.stderr.write(`${text}\n`),
    ask,
  };
}

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new CliError(
      'NOT_ASKED',
      'Nothing was changed: there is no terminal to ask on; --yes does it without',
    );
  return askOn({ input: process.stdin, output: process.stderr }, question);
}

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks on a terminal. Ctrl-C and Ctrl-D are no answer, and so no yes. */
export async function askOn({ input, output }: Terminal, question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  using lines = createInterface({ input, output, terminal: true });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    output.write('\n');
    return false;
  }
}

/** Asks, unless that was said before. @throws CliError DECLINED, NOT_ASKED: nothing is changed */
export async function confirm(ui: Ui, question: string, { yes }: { readonly yes?: true }): Promise<void> {
  if (yes || (await ui.ask(question))) return;
  throw new CliError('DECLINED', 'Nothing was changed', { exitCode: 1 });
}

/** One JSON object for programs. */
export function printJson(ui: Ui, value: unknown): void {
  ui.print(JSON.stringify(value));
}
