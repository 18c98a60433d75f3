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
  const countFirst = async (): Promise<void> => {
    const piece = pieces.shift();
    if (piece) await count(backtest, piece);
    counted?.();
  };
  let number = 0;
  for (const { name, bytes } of recordings)
    for await (const chunk of cutLines(bytes, cut)) {
      const reader = readers[number++ % readers.length];
      if (reader === undefined) throw new RangeError('There is a reader');
      pieces.push({ file: name, reader, read: reading(reader, chunk) });
      if (pieces.length >= readers.length * AHEAD) await countFirst();
    }
  while (pieces.length > 0) await countFirst();
}

function reading(reader: Reader, chunk: Chunk): Promise<ChunkRead> | undefined {
  if (!('lines' in chunk)) return undefined;
  const read = reader.read(chunk.lines);
  // Whoever counts it hears of it, if another one has not failed before.
  read.catch(() => {});
  return read;
}

async function count(backtest: Backtest, { file, reader, read }: Piece): Promise<void> {
  const chunk = await read;
  backtest.open(file);
  if (chunk === undefined) backtest.skip(`it is longer than ${LONGEST_LINE / 1024 ** 2} MiB`);
  else backtest.take(chunk, reader);
}
