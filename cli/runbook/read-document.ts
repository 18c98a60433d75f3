import { readFile, stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';

/** Documents have to be smaller than 64 KB; what is far larger is some other file. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/**
 * The text of a document.
 * @throws CliError NO_FILE, NOT_A_FILE, NOT_READABLE, FILE_TOO_LARGE, FILE_EMPTY, NOT_TEXT: one line that names the file
 */
export async function readDocument(file: string): Promise<string> {
  const content = await readBytes(file);
  const text = decode(file, content);
  if (text.trim() === '') throw new CliError('FILE_EMPTY', `${file} is empty: it has to be a document`);
  return text;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) {
      throw new CliError('NOT_A_FILE', `${file} is a directory, not a document: name the file in it`);
    }
    if (!found.isFile() && !found.isFIFO()) {
      throw new CliError('NOT_A_FILE', `${file} is not a file`);
    }
    if (found.size > MAX_FILE_BYTES) {
      throw new CliError(
        'FILE_TOO_LARGE',
        `${file} is no document: it has ${found.size} bytes, a document less than 64 KB`,
      );
    }
    return await readFile(file);
  } catch (error) {
    throw explain(file, error);
  }
}

function explain(file: string, error: unknown): unknown {
  if (error instanceof CliError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new CliError('NO_FILE', `${file === '' ? "''" : file}: there is no such file`, { cause: error });
  }
  return new CliError('NOT_READABLE', `${file} can't be read: ${error.message}`, { cause: error });
}

function decode(file: string, content: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new CliError('NOT_TEXT', `${file} is not text in UTF-8`);
}
