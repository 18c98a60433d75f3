import { AwsError } from '../../aws-error.ts';

/** A body without its transfer framing, and the headers as they are without it. */
export interface Unframed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Takes the chunks of `aws-chunked` apart, as current SDKs and CLIs send uploads; their trailers become headers.
 * Signatures of chunks are not checked, as those of requests are not.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 * @throws AwsError IncompleteBody, InvalidChunkSizeError
 */
export function unframe(headers: Readonly<Record<string, string>>, body: Buffer): Unframed {
  const isFramed =
    headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true ||
    encodings(headers).includes('aws-chunked');
  if (!isFramed) return { headers, body };
  const { data, trailer } = readChunks(body);
  const declared = headers['x-amz-decoded-content-length'];
  if (declared !== undefined && Number(declared) !== data.length) throw incomplete();
  return { headers: { ...withoutFraming(headers, data.length), ...readTrailer(trailer) }, body: data };
}

function readChunks(body: Buffer): { data: Buffer; trailer: string } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', position);
    if (lineEnd < 0) throw incomplete();
    const size = chunkSize(body.toString('latin1', position, lineEnd));
    const start = lineEnd + 2;
    if (size === 0) return { data: Buffer.concat(chunks), trailer: body.toString('latin1', start) };
    if (start + size > body.length) throw incomplete();
    chunks.push(body.subarray(start, start + size));
    position = start + size + 2;
  }
}

function chunkSize(line: string): number {
  const [size = ''] = line.split(';');
  if (/^[0-9a-fA-F]{1,8}$/.test(size)) return Number.parseInt(size, 16);
  throw new AwsError('InvalidChunkSizeError', 'The chunk size is not valid.', { statusCode: 403 });
}

function readTrailer(trailer: string): Record<string, string> {
  const lines = trailer.split(/\r?\n/).filter((line) => line.startsWith('x-amz-checksum-'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

function withoutFraming(headers: Readonly<Record<string, string>>, length: number): Record<string, string> {
  const { 'content-encoding': _, ...rest } = headers;
  const kept = encodings(headers).filter((encoding) => encoding !== 'aws-chunked');
  const encoding: Record<string, string> = kept.length > 0 ? { 'content-encoding': kept.join(',') } : {};
  return { ...rest, ...encoding, 'content-length': String(length) };
}

function encodings(headers: Readonly<Record<string, string>>): string[] {
  return (headers['content-encoding'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function incomplete(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
