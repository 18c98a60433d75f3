import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { text } from '../input.ts';
import { assertReadable, readConditions } from './conditions.ts';
import { checksumInput, checksumsOf, withoutUndefined } from './object-attributes.ts';
import { tagCountOf } from './object-tags.ts';
import { quoted, requireObject, shownVersion } from './objects.ts';
import type { BucketRecord, VersionRecord } from './state.ts';

const time = z.union([z.date(), text.transform((value) => new Date(value))]);

/** What GetObject and HeadObject take. */
export const readInput = {
  Key: text,
  VersionId: text.optional(),
  Range: text.optional(),
  ChecksumMode: z.literal('ENABLED').optional(),
  RequestPayer: text.optional(),
  ResponseCacheControl: text.optional(),
  ResponseContentDisposition: text.optional(),
  ResponseContentEncoding: text.optional(),
  ResponseContentLanguage: text.optional(),
  ResponseContentType: text.optional(),
  ResponseExpires: time.optional(),
  ...readConditions,
};

type ReadInput = z.output<z.ZodObject<typeof readInput>>;

/** What a read answers with, and the bytes that it is about. @throws AwsError NoSuchKey, InvalidRange … */
export function readObject(bucket: BucketRecord, input: ReadInput): { head: JsonObject; body: Uint8Array } {
  const version = requireObject(bucket, input.Key, input.VersionId);
  assertReadable(version, input);
  const range = input.Range === undefined ? undefined : parseRange(input.Range, version.body.length);
  const body = range ? version.body.subarray(range.start, range.end + 1) : version.body;
  const checksums = input.ChecksumMode === 'ENABLED' && range === undefined ? checksumsOf(version) : {};
  const head = {
    AcceptRanges: 'bytes',
    LastModified: version.lastModified,
    ContentLength: body.length,
    ETag: quoted(version.etag),
    ...shownVersion(bucket, version),
    ...shownAttributes(version),
    ...tagCountOf(version),
    ...overrides(input),
    ...checksums,
    ...(range ? { ContentRange: `bytes ${range.start}-${range.end}/${version.body.length}` } : {}),
  };
  return { head, body };
}

function shownAttributes({ attributes }: VersionRecord): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !Object.hasOwn(checksumInput, name)),
  );
}

function overrides(input: ReadInput): JsonObject {
  return withoutUndefined({
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: input.ResponseExpires,
  });
}

/** One range of bytes, both ends included; what is no range, or several, is ignored, as S3 does. */
function parseRange(text: string, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text) ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start <= end) return { start, end };
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
    statusCode: 416,
    details: { RangeRequested: text, ActualObjectSize: size },
  });
}
