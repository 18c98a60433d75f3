import { describe, expect, it } from 'vitest';
import { Backtest } from '../../../../cli/backtest/backtest.ts';
import type { ChunkRead } from '../../../../cli/backtest/chunk.ts';
import { play } from '../../../../cli/backtest/play.ts';
import type { Reader } from '../../../../cli/backtest/reader.ts';
import { SightingsList } from '../../../../cli/backtest/sightings.ts';
import { setOf } from './model.ts';

const aRead = (): ChunkRead => ({
  lines: 1,
  events: 1,
  sightings: new SightingsList().copy(),
  newChecks: [],
  unknown: new Map(),
  faults: [],
  faultCount: 0,
  newOutcomes: [],
  resources: new Uint8Array(),
});
const aReader = (answer: (lines: string) => Promise<ChunkRead>): Reader => ({
  load: async () => [],
  read: (lines) => answer(lines.toString()),
  close: async () => {},
});

/** A line for each letter, and then nothing more, and no end. */
async function* slow(letters: string) {
  for (const letter of letters) yield Buffer.from(`${letter}\n`);
  await new Promise(() => {});
}

async function* fast(letters: string) {
  for (const letter of letters) yield Buffer.from(`${letter}\n`);
}

describe('readers', () => {
  it('are told of as having failed although the input is slow', async () => {
    const broken = aReader(async () => {
      throw new Error('the thread ended');
    });
    const backtest = new Backtest({ sets: [setOf([])] });
    const playing = play(backtest, [{ name: 'pipe', bytes: slow('a') }], {
      readers: [broken],
      chunkBytes: 1,
    });
    await expect(playing).rejects.toThrow('the thread ended');
  });

  it('and although another one had to be counted first', async () => {
    const first = Promise.withResolvers<ChunkRead>();
    const broken = aReader((lines) => (lines === 'a\n' ? first.promise : Promise.reject(new Error(lines))));
    const backtest = new Backtest({ sets: [setOf([])] });
    const playing = play(backtest, [{ name: 'pipe', bytes: slow('ab') }], {
      readers: [broken],
      chunkBytes: 1,
    });
    playing.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    first.resolve(aRead());
    await expect(playing).rejects.toThrow('b');
  });

  it('take turns, and are counted in the order of the lines, whoever is done first', async () => {
    const said: string[] = [];
    const readers = [0, 1].map((number) =>
      aReader(async (lines) => {
        said.push(`${number} ${lines.trim()}`);
        if (number === 0) await new Promise((resolve) => setImmediate(resolve));
        return { ...aRead(), faults: [{ line: 1, message: lines.trim() }], faultCount: 1 };
      }),
    );
    const backtest = new Backtest({ sets: [setOf([])] });
    await play(backtest, [{ name: 'file', bytes: fast('abcdef') }], { readers, chunkBytes: 1 });
    expect(said).toEqual(['0 a', '1 b', '0 c', '1 d', '0 e', '1 f']);
    expect(backtest.faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '1 a',
      '2 b',
      '3 c',
      '4 d',
      '5 e',
      '6 f',
    ]);
  });
});
