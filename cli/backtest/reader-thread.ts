import { parentPort, workerData } from 'node:worker_threads';
import { CliError } from '../cli-error.ts';
import type { ChunkRead } from './chunk.ts';
import { ChunkReader } from './chunk-reader.ts';
import { loadMappingSets } from './mapping-set.ts';
import type { Answer, ReaderTask, Request } from './reader.ts';

// What startReader() hands over.
const { paths, origin } = workerData as ReaderTask;
let reader: ChunkReader | undefined;
/** Errors of events are counted, and where they were made helps nobody: to find that out takes most of their time. */
const { stackTraceLimit } = Error;
Error.stackTraceLimit = 0;

parentPort?.on('message', (request: Request) => {
  if (request === 'load') void load();
  else {
    const { buffer: memory, byteOffset, length } = request.lines;
    const read = readOrTell(Buffer.from(memory, byteOffset, length));
    answer({ read, memory }, [memory, read.sightings.high.buffer, read.resources.buffer]);
  }
});

/** What fails here is a bug, and ends the thread: it is done once more, to be told where it is. */
function readOrTell(lines: Buffer): ChunkRead {
  try {
    return loaded().read(lines);
  } catch (error) {
    Error.stackTraceLimit = stackTraceLimit;
    loaded().read(lines);
    // Names that were told the first time are lost: what has been read now would be counted as something else.
    throw error;
  }
}

async function load(): Promise<void> {
  try {
    const sets = await loadMappingSets(paths);
    reader = new ChunkReader({ sets, origin });
    answer({ loaded: sets.map(({ summary }) => summary) });
  } catch (error) {
    // Whatever else it is, it is a bug, and ends the thread.
    if (!(error instanceof CliError)) throw error;
    const { code, message, exitCode } = error;
    answer({ refused: { code, message, exitCode } });
  }
}

function loaded(): ChunkReader {
  if (reader === undefined) throw new TypeError('Mappings are loaded before anything is read');
  return reader;
}

function answer(content: Answer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(content, transfer);
}
