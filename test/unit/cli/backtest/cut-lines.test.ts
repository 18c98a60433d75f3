import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from '../../../../cli/backtest/buffer-pool.ts';
import { type Chunk, type CutOptions, cutLines } from '../../../../cli/backtest/cut-lines.ts';

/** A text in pieces of so many bytes, as a file gives it. */
async function* inPieces(text: string, bytes: number): AsyncGenerator<Buffer> {
  const all = Buffer.from(text);
  // As a file is read: always into the same memory.
  const memory = Buffer.alloc(bytes);
  for (let from = 0; from < all.length; from += bytes) yield memory.subarray(0, all.copy(memory, 0, from));
}

async function cut(text: string, bytes: number, options: CutOptions = {}): Promise<readonly Chunk[]> {
  return Array.fromAsync(cutLines(inPieces(text, bytes), options));
}

/** What is too long is a line that reads `…`. */
function textOf(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => ('lines' in chunk ? chunk.lines.toString() : '…\n')).join('');
}

describe('cutting a file at newlines', () => {
  it('loses nothing, and cuts no line, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[ä€😀a\r]{0,9}$/u), { maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (lines, bytes, chunkBytes, ended) => {
          const text = lines.join('\n') + (ended ? '\n' : '');
          const chunks = await cut(text, bytes, { chunkBytes, longestLine: 100 });
          expect(textOf(chunks)).toBe(text);
          for (const chunk of chunks.slice(0, -1))
            expect('lines' in chunk && chunk.lines.at(-1) === 0x0a).toBe(true);
        },
      ),
    );
  });

  it('of a line that is too long nothing is kept, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-c]{0,14}$/), { maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        async (lines, bytes, chunkBytes) => {
          const text = lines.map((line) => `${line}\n`).join('');
          const kept = lines.map((line) => (line.length > 8 ? '…\n' : `${line}\n`)).join('');
          expect(textOf(await cut(text, bytes, { chunkBytes, longestLine: 8 }))).toBe(kept);
        },
      ),
    );
  });

  it('nor where it is the last, without its end', async () => {
    expect(textOf(await cut(`a\n${'b'.repeat(20)}`, 3, { longestLine: 8 }))).toBe('a\n…\n');
  });

  it('gives chunks of about the size that was asked for', async () => {
    const chunks = await cut('12345678\n'.repeat(1000), 64, { chunkBytes: 900 });
    expect(chunks.length).toBeGreaterThan(8);
    for (const chunk of chunks) {
      if (!('lines' in chunk)) throw new Error('nothing is too long');
      expect(chunk.lines.length).toBeLessThan(1000);
    }
  });

  it('takes its memory from where it is given back to', async () => {
    const pool = new BufferPool(2000);
    const memories = new Set<ArrayBufferLike>();
    for await (const chunk of cutLines(inPieces('12345678\n'.repeat(1000), 64), { chunkBytes: 900, pool })) {
      if (!('lines' in chunk) || !(chunk.lines.buffer instanceof ArrayBuffer)) throw new Error('no lines');
      memories.add(chunk.lines.buffer);
      pool.give(chunk.lines.buffer);
    }
    expect(memories.size).toBeLessThan(4);
  });
});
