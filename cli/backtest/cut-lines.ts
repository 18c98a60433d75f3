import { BufferPool } from './buffer-pool.ts';

/** Whole lines, the last of which may lack its end; or a line that is longer than any event. */
export type Chunk = { readonly lines: Buffer } | { readonly tooLong: true };

export interface CutOptions {
  /** How many bytes of lines go together. A longer line goes alone. @default 512 KiB */
  readonly chunkBytes?: number;
  /** Of one line; of a longer one nothing is kept. @default 2 MiB */
  readonly longestLine?: number;
  /** Where its buffers come from. Whoever has read one gives it back. @default one of its own */
  readonly pool?: BufferPool;
}

export const CHUNK_BYTES = 512 * 1024;
/**
 * An event has at most 1 MB, and about twice that with its quotes quoted once more.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
export const LONGEST_LINE = 2 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Cuts bytes at newlines.
 * @param bytes each piece may be written over once the next one is asked for
 */
export async function* cutLines(
  bytes: AsyncIterable<Buffer>,
  {
    chunkBytes = CHUNK_BYTES,
    longestLine = LONGEST_LINE,
    pool = new BufferPool(2 * chunkBytes),
  }: CutOptions = {},
): AsyncGenerator<Chunk> {
  const held = new Held(pool);
  let skipping = false;
  for await (const data of inPieces(bytes, Math.min(chunkBytes, longestLine))) {
    const first = data.indexOf(NEWLINE);
    const isTooLong: boolean = !skipping && held.begun + (first < 0 ? data.length : first) > longestLine;
    if (isTooLong) {
      held.dropBegun();
      if (held.whole > 0) yield { lines: held.take() };
      yield { tooLong: true };
    }
    const start: number = isTooLong || skipping ? first + 1 : 0;
    skipping = (isTooLong || skipping) && first < 0;
    if (skipping) continue;
    held.add(data.subarray(start));
    if (held.whole >= chunkBytes) yield { lines: held.take() };
  }
  held.finish();
  if (held.whole > 0) yield { lines: held.take() };
}

/** No piece may have a line in it that is too long: it would not be seen. */
async function* inPieces(bytes: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  for await (const data of bytes)
    for (let from = 0; from < data.length; from += most) yield data.subarray(from, from + most);
}

/** Whole lines, and behind them one that has begun. */
class Held {
  readonly #pool: BufferPool;
  #buffer: Buffer;
  #end = 0;
  /** Bytes of whole lines. */
  whole = 0;

  constructor(pool: BufferPool) {
    this.#pool = pool;
    this.#buffer = pool.take(0);
  }

  /** Bytes of the line that has begun. */
  get begun(): number {
    return this.#end - this.whole;
  }

  add(data: Buffer): void {
    const end = this.#end + data.length;
    if (end > this.#buffer.length) this.#replace(this.#pool.take(2 * end), 0);
    data.copy(this.#buffer, this.#end);
    const newline = data.lastIndexOf(NEWLINE) + 1;
    if (newline > 0) this.whole = this.#end + newline;
    this.#end = end;
  }

  dropBegun(): void {
    this.#end = this.whole;
  }

  /** What has begun is a line, too: there is no more. */
  finish(): void {
    this.whole = this.#end;
  }

  /** The whole lines. What has begun stays. */
  take(): Buffer {
    const lines = this.#buffer.subarray(0, this.whole);
    this.#replace(this.#pool.take(2 * this.begun), this.whole);
    this.whole = 0;
    return lines;
  }

  #replace(buffer: Buffer, from: number): void {
    this.#buffer.copy(buffer, 0, from, this.#end);
    this.#end -= from;
    this.#buffer = buffer;
  }
}
