import pc from 'picocolors';
import type { Fault } from '../../local/ssm/documents/fault.ts';
import { validateDocument } from '../../local/ssm/documents/validate.ts';
import { CliError } from '../cli-error.ts';
import { outliveReaders } from '../terminal.ts';
import { readDocument } from './read-document.ts';

export interface ValidateOptions {
  readonly json?: true;
}

/** One file's result; `error` where it can't be read. */
type Checked =
  | { readonly file: string; readonly faults: readonly Fault[] }
  | { readonly file: string; readonly error: { readonly code: string; readonly message: string } };

/** Prints what is wrong with each file. Resolves to the exit code. */
export async function validateFiles(files: readonly string[], { json }: ValidateOptions): Promise<number> {
  outliveReaders();
  const results: Checked[] = [];
  for (const file of files) {
    const result = await check(file);
    results.push(result);
    if (!json) print(result);
  }
  const unreadable = results.filter((result) => 'error' in result).length;
  const faults = results.flatMap((result) => ('faults' in result ? result.faults : []));
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const counts = { files: files.length, errors, warnings: faults.length - errors, unreadable };
  process.stdout.write(json ? `${JSON.stringify({ ...counts, results })}\n` : `${summary(counts)}\n`);
  if (unreadable > 0) return 2;
  return errors > 0 ? 1 : 0;
}

/** As compilers write it, so that editors find the place. */
export function faultLine(file: string, { line, column, severity, message, code }: Fault): string {
  const word = severity === 'error' ? pc.red(severity) : pc.yellow(severity);
  return `${file}:${line}:${column} ${word} ${oneLine(message)} ${pc.dim(`(${code})`)}`;
}

async function check(file: string): Promise<Checked> {
  try {
    const { faults } = validateDocument(await readDocument(file));
    return { file, faults };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { file, error: { code: error.code, message: error.message } };
  }
}

function print(result: Checked): void {
  if ('error' in result) process.stderr.write(`error: ${result.error.message}\n`);
  else for (const fault of result.faults) process.stdout.write(`${faultLine(result.file, fault)}\n`);
}

function summary(counts: { files: number; errors: number; warnings: number; unreadable: number }): string {
  const { files, errors, warnings, unreadable } = counts;
  const parts = [count(errors, 'error'), count(warnings, 'warning')];
  if (unreadable > 0) parts.push(`${unreadable} not readable`);
  return `${count(files, 'file')}: ${parts.join(', ')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
