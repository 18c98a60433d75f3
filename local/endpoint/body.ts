import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';

/**
 * Reads a request's whole body.
 * @throws AwsError RequestEntityTooLargeException (413) as soon as it is longer than `maxBytes`
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not `for await`: leaving that loop early destroys the connection, and with it the way to say why.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) reject(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    request.once('end', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new AwsError('RequestAbortedException', 'The client went away')));
  });
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): AwsError {
  return new AwsError('RequestEntityTooLargeException', `The request body is longer than ${maxBytes} bytes`, {
    statusCode: 413,
  });
}
