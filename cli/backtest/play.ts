import type { Backtest } from './backtest.ts';
import type { ChunkRead } from './chunk.ts';
import { type Chunk, type CutOptions, cutLines, LONGEST_LINE } from './cut-lines.ts';
import type { Reader } from './reader.ts';

/** A file of recorded events: lines. */
export interface Recording {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

export interface PlayOptions extends CutOptions {
  readonly readers: readonly Reader[];
  /** Hears of each chunk that was counted. */
  readonly counted?: () => void;
}

/** A chunk that somebody reads. */
interface Piece {
  readonly file: string;
  readonly reader: Reader;
  /** undefined: there is nothing to be read in it. */
  readonly read: Promise<ChunkRead> | undefined;
}

/** How many chunks a reader has at a time: while one waits for its turn to be counted, the next one is read. */
const AHEAD = 2;

/**
 * Plays recordings one after the other. Readers take turns, so that the same lines always come to the same one; what they
 * have read is counted in the order of the lines. No more chunks are in memory than they have.
 */
export async function play(
  backtest: Backtest,
  recordings: Iterable<Recording>,
  { readers, counted, ...cut }: PlayOptions,
): Promise<void> {
  const pieces: Piece[] = [];
  // Input may be slow to come, and a reader that failed does not wait until it does.
  let waiting: PromiseWithResolvers<IteratorResult<Next, void>> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const next = async () => {
    if (failure) throw failure.error;
    waiting = Promise.withResolvers();
    chunks.next().then(waiting.resolve, waiting.reject);
    return waiting.promise;
  };
  const countFirst = async (): Promise<void> => {
    const piece = pieces.shift();
    if (piece) await count(backtest, piece);
    counted?.();
  };
  const chunks = chunksOf(recordings, cut);
  try {
    for (let number = 0; ; number += 1) {
      const { value, done } = await next();
      if (done) break;
      const reader = readers[number % readers.length];
      if (reader === undefined) throw new RangeError('There is a reader');
      const { file, chunk } = value;
      const read = 'lines' in chunk ? reader.read(chunk.lines) : undefined;
      read?.catch((error) => {
        failure ??= { error };
        waiting?.reject(error);
      });
      pieces.push({ file, reader, read });
      if (pieces.length >= readers.length * AHEAD) await countFirst();
    }
    while (pieces.length > 0) await countFirst();
  } finally {
    // Not awaited: it ends when its input gives something, or ends.
    chunks.return().catch(() => {});
  }
}

interface Next {
  readonly file: string;
  readonly chunk: Chunk;
}

async function* chunksOf(recordings: Iterable<Recording>, cut: CutOptions): AsyncGenerator<Next, void> {
  for (const { name, bytes } of recordings)
    for await (const chunk of cutLines(bytes, cut)) yield { file: name, chunk };
}

async function count(backtest: Backtest, { file, reader, read }: Piece): Promise<void> {
  const chunk = await read;
  backtest.open(file);
  if (chunk === undefined) backtest.skip(`it is longer than ${LONGEST_LINE / 1024 ** 2} MiB`);
  else {
    backtest.take(chunk, reader);
    // Given back at once: this thread makes so little garbage that it is collected late, and 30 MB would wait for that.
    for (const memory of [chunk.sightings.high.buffer, chunk.resources.buffer]) memory.transfer(0);
  }
}
