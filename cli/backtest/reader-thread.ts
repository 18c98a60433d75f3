import { parentPort, workerData } from 'node:worker_threads';
import { ChunkReader, type ReaderSetting } from './chunk-reader.ts';
import type { ReadAnswer, Request } from './reader.ts';

// What startReader() hands over.
const reader = new ChunkReader(workerData as ReaderSetting);

parentPort?.on('message', (request: Request) => {
  if (!('lines' in request)) {
    parentPort?.postMessage(reader.decide(request.asked));
    return;
  }
  const { buffer, byteOffset, length } = request.lines;
  const read = reader.read(Buffer.from(buffer, byteOffset, length));
  const answer: ReadAnswer = { read, given: buffer };
  parentPort?.postMessage(answer, [buffer]);
});
