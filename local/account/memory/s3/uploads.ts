import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws-error.ts';
import { integer } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import type { BucketRecord, PartRecord, UploadRecord } from './state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PARTS = 10_000;
const MIN_PART_BYTES = 5 * 1024 * 1024;

export const partNumber = integer.refine(
  (number) => number >= 1 && number <= MAX_PARTS,
  `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
);

/** The upload of that key under way. @throws AwsError NoSuchUpload */
export function requireUpload(
  bucket: BucketRecord,
  { Key, UploadId }: { readonly Key: string; readonly UploadId: string },
): UploadRecord {
  const upload = bucket.uploads.get(UploadId);
  if (upload?.key === Key) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { statusCode: 404, details: { UploadId } },
  );
}

/** Keeps a part, in place of the one that had its number. */
export function putPart(
  upload: UploadRecord,
  part: Pick<PartRecord, 'partNumber' | 'body'>,
  { clock }: MemoryContext,
): PartRecord {
  const etag = createHash('md5').update(part.body).digest('hex');
  const record = { ...part, etag, lastModified: clock.now() };
  upload.parts.set(part.partNumber, record);
  return record;
}

/** An upload's parts in the order of their numbers. */
export function partsOf(upload: UploadRecord): PartRecord[] {
  return [...upload.parts.values()].sort((a, b) => a.partNumber - b.partNumber);
}

export interface NamedPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

/**
 * The parts that an object is to be made of, as the request names them.
 * @throws AwsError InvalidPart, InvalidPartOrder, EntityTooSmall
 */
export function chooseParts(upload: UploadRecord, named: readonly NamedPart[]): PartRecord[] {
  const isOrdered = named.every(
    ({ PartNumber }, index) => index === 0 || PartNumber > (named[index - 1]?.PartNumber ?? 0),
  );
  if (!isOrdered) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
    );
  }
  const chosen = named.map((each) => requirePart(upload, each));
  const small = chosen.slice(0, -1).find(({ body }) => body.length < MIN_PART_BYTES);
  if (small === undefined) return chosen;
  throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    details: {
      ProposedSize: small.body.length,
      MinSizeAllowed: MIN_PART_BYTES,
      PartNumber: small.partNumber,
    },
  });
}

/** The ETag of an object of parts: the MD5 of their MD5s, and how many they are. */
export function etagOf(parts: readonly PartRecord[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

function requirePart(upload: UploadRecord, { PartNumber, ETag }: NamedPart): PartRecord {
  const part = upload.parts.get(PartNumber);
  if (part?.etag === ETag.replaceAll('"', '')) return part;
  throw new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { details: { UploadId: upload.uploadId, PartNumber, ETag } },
  );
}
