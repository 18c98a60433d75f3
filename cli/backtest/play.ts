import type { Backtest } from './backtest.ts';
import { type Chunk, type CutOptions, cutLines, LONGEST_LINE } from './cut-lines.ts';
import type { Reader } from './reader.ts';

/** A file of recorded events: lines. */
export interface Recording {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

interface Piece {
  readonly file: string;
  readonly chunk: Chunk;
}

export interface PlayOptions extends CutOptions {
  readonly readers: readonly Reader[];
  /** Hears of each chunk that was counted. */
  readonly counted?: () => void;
}

/**
 * Plays recordings one after the other. Each reader has one chunk at a time, so no more than that is in memory; what they
 * have read is counted in the order of the lines, whoever is done first.
 */
export async function play(
  backtest: Backtest,
  recordings: Iterable<Recording>,
  { readers, counted, ...cut }: PlayOptions,
): Promise<void> {
  const pieces = piecesOf(recordings, cut);
  let turn: Promise<void> = Promise.resolve();
  const work = async (reader: Reader): Promise<void> => {
    for (;;) {
      const before = turn;
      const mine = Promise.withResolvers<void>();
      turn = mine.promise;
      try {
        const { value, done } = await pieces.next();
        if (done) return;
        const { file, chunk } = value;
        const read = 'lines' in chunk ? await reader.read(chunk.lines) : undefined;
        await before;
        backtest.open(file);
        if (read === undefined) backtest.skip(`it is longer than ${LONGEST_LINE / 1024 ** 2} MiB`);
        else await backtest.take(read, reader);
        counted?.();
        mine.resolve();
      } catch (error) {
        // Whoever is next must not count on: something is missing.
        mine.promise.catch(() => {});
        mine.reject(error);
        throw error;
      } finally {
        mine.resolve();
      }
    }
  };
  try {
    await Promise.all(readers.map(work));
  } finally {
    await pieces.return(undefined);
  }
}

async function* piecesOf(recordings: Iterable<Recording>, cut: CutOptions): AsyncGenerator<Piece, undefined> {
  for (const { name, bytes } of recordings)
    for await (const chunk of cutLines(bytes, cut)) yield { file: name, chunk };
}
