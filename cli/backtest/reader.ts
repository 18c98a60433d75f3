import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CliError } from '../cli-error.ts';
import { environment } from '../environment.ts';
import type { Decider } from './backtest.ts';
import type { BufferPool } from './buffer-pool.ts';
import { type ChunkRead, ChunkReader, type Decided, type ReaderSetting } from './chunk-reader.ts';

/** Reads chunks, in this thread or in another one. One thing at a time. */
export interface Reader extends Decider {
  /** @param lines are no longer to be used */
  read(lines: Buffer): Promise<ChunkRead>;
  close(): Promise<void>;
}

/** What a reader's thread is asked. */
export type Request =
  | { readonly lines: Uint8Array<ArrayBuffer> }
  | { readonly asked: Uint32Array<ArrayBuffer> };

/** What a thread answers to lines; it gives their memory back. */
export interface ReadAnswer {
  readonly read: ChunkRead;
  readonly given: ArrayBuffer;
}

/** In this thread: for files that are read before another one has begun. */
export function openReader(setting: ReaderSetting, pool: BufferPool): Reader {
  const reader = new ChunkReader(setting);
  return {
    read: async (lines) => {
      const read = reader.read(lines);
      if (lines.buffer instanceof ArrayBuffer) pool.give(lines.buffer);
      return read;
    },
    decide: async (asked) => reader.decide(asked),
    close: async () => {},
  };
}

/** Three readers and what they have counted stay below 200 MB together. */
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** In a thread of its own. */
export function startReader(setting: ReaderSetting, pool: BufferPool): Reader {
  const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    workerData: setting,
    resourceLimits: LIMITS,
    env: { ...environment, ...compileCache() },
  });
  let waiting: PromiseWithResolvers<unknown> | undefined;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    waiting?.reject(failure);
  };
  worker.on('message', (answer: unknown) => waiting?.resolve(answer));
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory(error) : error),
  );
  worker.on('exit', (code) => fail(new Error(`A reader's thread ended with code ${code}`)));
  const ask = async (request: Request, transfer: readonly ArrayBuffer[] = []): Promise<unknown> => {
    if (failure !== undefined) throw failure;
    waiting = Promise.withResolvers();
    worker.postMessage(request, transfer);
    return waiting.promise;
  };
  return {
    // The thread answers each request with what ChunkReader gives.
    read: async (lines) => {
      const memory = ownMemory(lines);
      const answer = await ask({ lines: memory }, [memory.buffer]);
      const { read, given } = answer as ReadAnswer;
      pool.give(given);
      return read;
    },
    decide: async (asked) => (await ask({ asked })) as Decided,
    close: async () => {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}

/** A thread does not inherit it, and without it spends 15 MB on making JavaScript of TypeScript. */
function compileCache(): Readonly<Record<string, string>> {
  const folder = getCompileCacheDir();
  // Node names a folder in it after its own version.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

/** A buffer that shares its memory with others cannot be handed over. */
function ownMemory(lines: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = lines;
  const isOwn = byteOffset === 0 && buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize;
  return isOwn ? new Uint8Array(buffer, 0, length) : new Uint8Array(lines);
}

function outOfMemory(cause: Error): CliError {
  return new CliError(
    'OUT_OF_MEMORY',
    'There are more mappings, or larger events, than 64 MB hold: backtest fewer mappings at a time',
    { cause },
  );
}
