import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../../aws-error.ts';

type Digest = (body: Buffer) => Buffer;

/** The digests that are checked; of the others (CRC32C, CRC64NVME) the client's word is taken. */
const DIGESTS: readonly (readonly [header: string, digest: Digest])[] = [
  ['content-md5', (body) => createHash('md5').update(body).digest()],
  ['x-amz-checksum-sha1', (body) => createHash('sha1').update(body).digest()],
  ['x-amz-checksum-sha256', (body) => createHash('sha256').update(body).digest()],
  ['x-amz-checksum-crc32', crc32Bytes],
];

/**
 * Holds a body against the digests that its headers have.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 * @throws AwsError InvalidDigest, BadDigest
 */
export function verifyDigests(headers: Readonly<Record<string, string>>, body: Buffer): void {
  for (const [header, digest] of DIGESTS) {
    const claimed = headers[header];
    if (claimed === undefined) continue;
    const actual = digest(body);
    if (Buffer.from(claimed, 'base64').length !== actual.length) {
      throw new AwsError('InvalidDigest', `The ${header} you specified was invalid.`);
    }
    if (claimed !== actual.toString('base64')) {
      throw new AwsError('BadDigest', `The ${header} you specified did not match what we received.`);
    }
  }
}

function crc32Bytes(body: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes;
}
