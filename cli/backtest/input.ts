import { open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CliError } from '../cli-error.ts';
import { explained } from '../read-text.ts';

/** Where recorded events come from. */
export interface Input {
  /** As it was given; `standard input` for `-`. */
  readonly name: string;
  /** In bytes; undefined: that is not known before the end. */
  readonly size: number | undefined;
  /** Each piece may be written over once the next one is asked for. @param heard how many bytes were read, packed or not */
  readonly bytes: (heard: (bytes: number) => void) => AsyncIterable<Buffer>;
}

/** What `-` reads. */
export interface StandardInput extends AsyncIterable<Buffer> {
  readonly isTTY?: boolean;
}

/** A read of this size is made from the page cache in no time, and there are few of them. */
const READ_BYTES = 256 * 1024;
const STANDARD_INPUT = '-';

/**
 * Looks at all files before any of them is read.
 * @throws CliError NO_FILE, NOT_A_FILE, NOT_READABLE, NO_INPUT
 */
export async function openInputs(
  files: readonly string[],
  standardInput: StandardInput = process.stdin,
): Promise<readonly Input[]> {
  if (files.filter((file) => file === STANDARD_INPUT).length > 1)
    throw new CliError('NO_INPUT', '- stands for standard input, which can be read once: name it once');
  return Promise.all(
    files.map((file) => (file === STANDARD_INPUT ? openStandardInput(standardInput) : openFile(file))),
  );
}

function openStandardInput(standardInput: StandardInput): Input {
  if (standardInput.isTTY)
    throw new CliError('NO_INPUT', 'Nothing is piped in: name a file, or pipe one in (zcat *.gz | … -)');
  const name = 'standard input';
  return { name, size: undefined, bytes: (heard) => unpacked(counted(standardInput, heard), name) };
}

async function openFile(file: string): Promise<Input> {
  try {
    const found = await stat(file);
    if (found.isDirectory())
      throw new CliError('NOT_A_FILE', `${file} is a directory: name the files in it, such as ${file}/*.gz`);
    return {
      name: file,
      // A pipe has no size of its own.
      size: found.isFile() ? found.size : undefined,
      bytes: (heard) => unpacked(counted(piecesOf(file), heard), file),
    };
  } catch (error) {
    throw explained(file, error);
  }
}

/** Always into the same memory: that of streams is given back late. */
async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  await using handle = await open(file);
  const memory = Buffer.allocUnsafeSlow(READ_BYTES);
  for (;;) {
    const { bytesRead } = await handle.read(memory, 0, memory.length, null);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
  }
}

async function* counted(
  bytes: AsyncIterable<Buffer>,
  heard: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    heard(piece.length);
    yield piece;
  }
}

/** As it is, or unpacked where it begins as gzip does, whatever the file is called. */
async function* unpacked(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    let head = Buffer.alloc(0);
    while (head.length < 2) {
      const { value, done } = await pieces.next();
      if (done) break;
      head = Buffer.concat([head, value]);
    }
    const all = behind(head, pieces);
    yield* head[0] === 0x1f && head[1] === 0x8b ? gunzipped(all) : all;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new CliError('NOT_READABLE', `${name} is no whole gzip file (${error.message}): get it anew`, {
        cause: error,
      });
    throw explained(name, error);
  } finally {
    await pieces.return?.();
  }
}

function gunzipped(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  // Whatever fails, whoever reads it hears of it.
  pipeline(Readable.from(copies(bytes), { objectMode: false, highWaterMark: READ_BYTES }), gunzip, () => {});
  return gunzip;
}

/** A stream keeps several in mind. */
async function* copies(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of bytes) yield Buffer.from(piece);
}

async function* behind(head: Buffer, pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}
