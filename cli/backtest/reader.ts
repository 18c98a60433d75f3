import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CliError } from '../cli-error.ts';
import { environment } from '../environment.ts';
import type { Origin } from '../explain/event-from.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { ChunkRead } from './chunk.ts';
import type { SetSummary } from './set-summary.ts';

/** Reads chunks, in this thread or in another one, one after the other. */
export interface Reader {
  /** The mappings that it decides by. @throws CliError as loadMappingSet */
  readonly load: () => Promise<readonly SetSummary[]>;
  /** @param lines are no longer to be used */
  readonly read: (lines: Buffer) => Promise<ChunkRead>;
  readonly close: () => Promise<void>;
}

/** What a reader is told once. */
export interface ReaderTask {
  /** Files or directories of mappings, one or two: what is tried, and what it is held against. */
  readonly paths: readonly string[];
  readonly origin: Origin;
}

/** What a thread is asked. */
export type Request = 'load' | { readonly lines: Uint8Array<ArrayBuffer> };

/** What it answers; the memory of lines is given back. */
export type Answer =
  | { readonly loaded: readonly SetSummary[] }
  | { readonly read: ChunkRead; readonly memory: ArrayBuffer }
  | { readonly refused: Pick<CliError, 'code' | 'message' | 'exitCode'> };

/** In this thread: for what is read before another one has begun. */
export async function openReader({ paths, origin }: ReaderTask, pool: BufferPool): Promise<Reader> {
  // What reads and decides takes memory, which a thread that only counts is to have for counting.
  const { ChunkReader } = await import('./chunk-reader.ts');
  const { loadMappingSets } = await import('./mapping-set.ts');
  const sets = await loadMappingSets(paths);
  const reader = new ChunkReader({ sets, origin });
  return {
    load: async () => sets.map(({ summary }) => summary),
    read: async (lines) => {
      const read = reader.read(lines);
      if (lines.buffer instanceof ArrayBuffer) pool.give(lines.buffer);
      return read;
    },
    close: async () => {},
  };
}

/** Two of them and what has been counted stay below 200 MB. A third of the young one is a space, of which V8 needs two. */
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 6 };

/** In a thread of its own. */
export function startReader(task: ReaderTask, pool: BufferPool): Reader {
  const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: LIMITS,
    env: { ...environment, ...compileCache() },
  });
  /** Answers come in the order of the requests. */
  const waiting: PromiseWithResolvers<Answer>[] = [];
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    for (const each of waiting.splice(0)) each.reject(failure);
  };
  worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer));
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory(error) : error),
  );
  worker.on('exit', (code) => fail(new Error(`The thread that reads ended with code ${code}`)));
  const ask = async <Kind extends string>(
    kind: Kind,
    request: Request,
    transfer: readonly ArrayBuffer[] = [],
  ) => {
    if (failure !== undefined) throw failure;
    const mine = Promise.withResolvers<Answer>();
    waiting.push(mine);
    worker.postMessage(request, transfer);
    const answer = await mine.promise;
    if ('refused' in answer) throw new CliError(answer.refused.code, answer.refused.message, answer.refused);
    if (!(kind in answer)) throw new TypeError('A thread answers what it is asked');
    return answer as Extract<Answer, Readonly<Record<Kind, unknown>>>;
  };
  return {
    load: async () => (await ask('loaded', 'load')).loaded,
    read: async (lines) => {
      const own = ownMemory(lines);
      const { read, memory } = await ask('read', { lines: own }, [own.buffer]);
      pool.give(memory);
      return read;
    },
    close: async () => {
      failure ??= new Error('The thread that reads was closed');
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
