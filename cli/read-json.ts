import { readFile, stat } from 'node:fs/promises';
import { CliError } from './cli-error.ts';

/** Events and mapping rows are small; what is far larger is some other file. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * What a JSON file holds.
 * @param what for people: `an event`
 * @throws CliError NO_FILE, NOT_A_FILE, NOT_READABLE, FILE_TOO_LARGE, NOT_JSON: one line that names the file
 */
export async function readJson(file: string, what: string): Promise<unknown> {
  const text = await readText(file, what);
  if (text.trim() === '') throw new CliError('NOT_JSON', `${file} is empty: it has to hold ${what}`);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause);
    throw new CliError('NOT_JSON', `${file} is not JSON (${reason}): it has to hold ${what}`, { cause });
  }
}

async function readText(file: string, what: string): Promise<string> {
  try {
    const found = await stat(file);
    if (found.isDirectory())
      throw new CliError('NOT_A_FILE', `${file} is a directory: name a file that holds ${what}`);
    if (found.size > MAX_FILE_BYTES)
      throw new CliError('FILE_TOO_LARGE', `${file} has ${found.size} bytes: that is not ${what}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw explained(file, error);
  }
}

/** A mistake in a file's name, in one line. */
export function explained(file: string, error: unknown): unknown {
  if (error instanceof CliError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    return new CliError('NO_FILE', `${file === '' ? "''" : file}: there is no such file or directory`, {
      cause: error,
    });
  return new CliError('NOT_READABLE', `${file} can't be read: ${error.message}`, { cause: error });
}
