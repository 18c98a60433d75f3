/** Whole lines, the last of which may lack its end; or a line that is longer than any event. */
export type Chunk = { readonly lines: Buffer } | { readonly tooLong: true };

export interface CutOptions {
  /** How many bytes of lines go together. A longer line goes alone. @default 512 KiB */
  readonly chunkBytes?: number;
  /** Of one line; of a longer one nothing is kept. @default 2 MiB */
  readonly longestLine?: number;
}

const CHUNK_BYTES = 512 * 1024;
/**
 * An event has at most 1 MB, and about twice that with its quotes quoted once more.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
export const LONGEST_LINE = 2 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Cuts bytes at newlines. What it gives is a buffer of its own, which can be handed to another thread. */
export async function* cutLines(
  bytes: AsyncIterable<Buffer>,
  { chunkBytes = CHUNK_BYTES, longestLine = LONGEST_LINE }: CutOptions = {},
): AsyncGenerator<Chunk> {
  const whole = new Pieces();
  const begun = new Pieces();
  let skipping = false;
  for await (const data of inPieces(bytes, Math.min(chunkBytes, longestLine))) {
    const first = data.indexOf(NEWLINE);
    const last = data.lastIndexOf(NEWLINE) + 1;
    const isTooLong: boolean = !skipping && begun.bytes + (first < 0 ? data.length : first) > longestLine;
    if (isTooLong) {
      if (whole.bytes > 0) yield { lines: whole.take() };
      begun.drop();
      yield { tooLong: true };
    }
    const start = isTooLong || skipping ? first + 1 : 0;
    skipping = (isTooLong || skipping) && first < 0;
    if (skipping) continue;
    if (last > 0) {
      whole.add(begun);
      whole.push(data.subarray(start, last));
    }
    begun.push(data.subarray(Math.max(start, last)));
    if (whole.bytes >= chunkBytes) yield { lines: whole.take() };
  }
  whole.add(begun);
  if (whole.bytes > 0) yield { lines: whole.take() };
}

/** No piece may have a line in it that is too long: it would not be seen. */
async function* inPieces(bytes: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  for await (const data of bytes)
    for (let from = 0; from < data.length; from += most) yield data.subarray(from, from + most);
}

/** Bytes that belong together, not yet copied. */
class Pieces {
  #pieces: Buffer[] = [];
  bytes = 0;

  push(piece: Buffer): void {
    if (piece.length > 0) this.#pieces.push(piece);
    this.bytes += piece.length;
  }

  /** Takes over what another one has. */
  add(other: Pieces): void {
    this.#pieces.push(...other.#pieces);
    this.bytes += other.bytes;
    other.drop();
  }

  /** All of them as one, in memory of its own. */
  take(): Buffer {
    const all = Buffer.allocUnsafeSlow(this.bytes);
    let at = 0;
    for (const piece of this.#pieces) at += piece.copy(all, at);
    this.drop();
    return all;
  }

  drop(): void {
    this.#pieces = [];
    this.bytes = 0;
  }
}
