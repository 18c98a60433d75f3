import { Worker } from 'node:worker_threads';
import { CliError } from '../cli-error.ts';
import type { Decider } from './backtest.ts';
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

/** In this thread: for files that are read before another one has begun. */
export function openReader(setting: ReaderSetting): Reader {
  const reader = new ChunkReader(setting);
  return {
    read: async (lines) => reader.read(lines),
    decide: async (asked) => reader.decide(asked),
    close: async () => {},
  };
}

/** Three readers and what they have counted stay below 200 MB together. */
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** In a thread of its own. */
export function startReader(setting: ReaderSetting): Reader {
  const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
    workerData: setting,
    resourceLimits: LIMITS,
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
      const own = new Uint8Array(lines.buffer as ArrayBuffer, lines.byteOffset, lines.length);
      return (await ask({ lines: own }, [own.buffer])) as ChunkRead;
    },
    decide: async (asked) => (await ask({ asked })) as Decided,
    close: async () => {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}

function outOfMemory(cause: Error): CliError {
  return new CliError(
    'OUT_OF_MEMORY',
    'There are more mappings, or larger events, than 64 MB hold: backtest fewer mappings at a time',
    { cause },
  );
}
