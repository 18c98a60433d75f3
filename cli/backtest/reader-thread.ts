import { parentPort, workerData } from 'node:worker_threads';
import { ChunkReader, type ReaderSetting } from './chunk-reader.ts';
import type { Request } from './reader.ts';

// What startReader() hands over.
const reader = new ChunkReader(workerData as ReaderSetting);

parentPort?.on('message', (request: Request) => {
  const { buffer, byteOffset, length } = 'lines' in request ? request.lines : request.asked;
  parentPort?.postMessage(
    'lines' in request ? reader.read(Buffer.from(buffer, byteOffset, length)) : reader.decide(request.asked),
  );
});
