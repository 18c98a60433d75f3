import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { accessDenied, requireBucket } from './buckets.ts';
import { assertReadable, readConditions } from './conditions.ts';
import { requireObject } from './objects.ts';
import type { BucketRecord, VersionRecord } from './state.ts';

/** `bucket/key`, the key URL-encoded, maybe with `?versionId=…`; or a map, as boto3 takes it. */
export const copySource = z.union([
  text,
  z
    .strictObject({ Bucket: text, Key: text, VersionId: text.optional() })
    .transform(({ Bucket, Key, VersionId }) =>
      [`${Bucket}/${encodeURIComponent(Key)}`, VersionId]
        .filter((part) => part !== undefined)
        .join('?versionId='),
    ),
]);

/** Conditions on what is copied. */
export const sourceConditions = {
  CopySourceIfMatch: readConditions.IfMatch,
  CopySourceIfNoneMatch: readConditions.IfNoneMatch,
  CopySourceIfModifiedSince: readConditions.IfModifiedSince,
  CopySourceIfUnmodifiedSince: readConditions.IfUnmodifiedSince,
  ExpectedSourceBucketOwner: text.optional(),
};

type SourceRequest = z.output<z.ZodObject<typeof sourceConditions>> & { readonly CopySource: string };

/**
 * The object that is to be copied.
 * @throws AwsError InvalidArgument, NoSuchBucket, AccessDenied, NoSuchKey, NoSuchVersion, PreconditionFailed
 */
export function requireSource(
  request: SourceRequest,
  context: MemoryContext,
): { bucket: BucketRecord; version: VersionRecord } {
  const from = parseSource(request.CopySource);
  const bucket = requireBucket(from.bucket, context);
  const { ExpectedSourceBucketOwner: owner = context.accountId } = request;
  if (owner !== context.accountId) throw accessDenied();
  const version = requireObject(bucket, from.key, from.versionId);
  assertCopyable(version, request);
  return { bucket, version };
}

/** As the conditions of a read; but there is no answer that nothing was modified. */
function assertCopyable(version: VersionRecord, request: SourceRequest): void {
  try {
    assertReadable(version, {
      IfMatch: request.CopySourceIfMatch,
      IfNoneMatch: request.CopySourceIfNoneMatch,
      IfModifiedSince: request.CopySourceIfModifiedSince,
      IfUnmodifiedSince: request.CopySourceIfUnmodifiedSince,
    });
  } catch (cause) {
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      { statusCode: 412, cause },
    );
  }
}

function parseSource(source: string): { bucket: string; key: string; versionId: string | undefined } {
  const [path = '', versionId] = source.split('?versionId=');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  try {
    if (bucket && key) return { bucket, key: decodeURIComponent(key), versionId };
  } catch (cause) {
    throw invalidSource(cause);
  }
  throw invalidSource();
}

function invalidSource(cause?: unknown): AwsError {
  return new AwsError(
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    { cause },
  );
}
