import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CliError } from './cli-error.ts';

interface Wanted {
  /** For people: `an event`. */
  readonly what: string;
  /** What is far larger is some other file. */
  readonly maxBytes: number;
}

/**
 * The text of a file, or of a pipe, without a byte order mark.
 * @throws CliError NO_FILE, NOT_A_FILE, NOT_READABLE, FILE_TOO_LARGE, FILE_EMPTY, NOT_TEXT: one line that names the file
 */
export async function readText(file: string, wanted: Wanted): Promise<string> {
  const text = decode(file, await readBytes(file, wanted));
  if (text.trim() === '') throw new CliError('FILE_EMPTY', `${file} is empty: it has to be ${wanted.what}`);
  return text;
}

async function readBytes(file: string, { what, maxBytes }: Wanted): Promise<Buffer> {
  try {
    const found = await stat(file);
    if (found.isDirectory())
      throw new CliError('NOT_A_FILE', `${file} is a directory, not ${what}: name the file in it`);
    if (!found.isFile() && !found.isFIFO() && !found.isSocket())
      throw new CliError('NOT_A_FILE', `${file} is not a file`);
    const chunks: Buffer[] = [];
    let bytes = found.isFile() ? found.size : 0;
    if (bytes <= maxBytes) {
      bytes = 0;
      // A pipe may never end.
      for await (const chunk of createReadStream(file)) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > maxBytes) break;
      }
    }
    if (bytes > maxBytes)
      throw new CliError(
        'FILE_TOO_LARGE',
        `${file} has ${found.isFile() ? found.size : `more than ${maxBytes}`} bytes: that is not ${what}`,
      );
    return Buffer.concat(chunks);
  } catch (error) {
    throw explained(file, error);
  }
}

/** A mistake in a file's name, in one line. */
export function explained(file: string, error: unknown): unknown {
  if (error instanceof CliError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    return new CliError('NO_FILE', `${file === '' ? "''" : file}: there is no such file`, {
      cause: error,
    });
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
