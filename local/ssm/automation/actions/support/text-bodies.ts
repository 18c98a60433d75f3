import { Readable } from 'node:stream';
import type { JsonObject } from '../../../../service.ts';

/**
 * A response whose bodies are text: services give some members as a stream or as bytes, such as `Body` of S3's
 * GetObject. Bytes that are no UTF-8 come in Base64. A stream is read no further than `limit` bytes, plus a chunk.
 */
export async function withTextBodies(response: JsonObject, limit: number): Promise<JsonObject> {
  const members = Object.entries(response).map(async ([name, value]) => [name, await read(value, limit)]);
  return Object.fromEntries(await Promise.all(members));
}

async function read(value: unknown, limit: number): Promise<unknown> {
  if (value instanceof Uint8Array) return toText(value);
  return value instanceof Readable ? toText(await collect(value, limit)) : value;
}

async function collect(stream: Readable, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks);
}

function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return Buffer.from(bytes).toString('base64');
    throw error;
  }
}
