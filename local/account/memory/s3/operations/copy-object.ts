import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { aclInput } from '../acl-input.ts';
import { requireBucket } from '../buckets.ts';
import {
  assertObjectAcl,
  contentAttributes,
  contentInput,
  encryptionOf,
  storageAttributes,
  storageInput,
} from '../object-attributes.ts';
import { assertKey, putVersion, quoted, requireObject, shownVersion } from '../objects.ts';
import { pickInput } from '../pick-input.ts';
import { bucketOperation } from '../s3-operation.ts';

const source = z.union([
  text,
  z
    .strictObject({ Bucket: text, Key: text, VersionId: text.optional() })
    .transform(({ Bucket, Key, VersionId }) =>
      [`${Bucket}/${encodeURIComponent(Key)}`, VersionId]
        .filter((part) => part !== undefined)
        .join('?versionId='),
    ),
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = bucketOperation({
  input: {
    Key: text,
    CopySource: source,
    MetadataDirective: z.enum(['COPY', 'REPLACE']).default('COPY'),
    TaggingDirective: z.enum(['COPY', 'REPLACE']).optional(),
    ...aclInput,
    ...contentInput,
    ...storageInput,
  },
  run: (bucket, input, context) => {
    assertKey(input.Key);
    assertObjectAcl(bucket, input, context.accountId);
    const from = parseSource(input.CopySource);
    const sourceBucket = requireBucket(from.bucket, context);
    const original = requireObject(sourceBucket, from.key, from.versionId);
    const replaces = input.MetadataDirective === 'REPLACE';
    const storage = pickInput(storageInput, input);
    if (sourceBucket === bucket && from.key === input.Key && !replaces && Object.keys(storage).length === 0) {
      throw new AwsError(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    const attributes = {
      ...(replaces
        ? contentAttributes(pickInput(contentInput, input))
        : pickInput(contentInput, { ...original.attributes })),
      ...storageAttributes(storage, bucket),
    };
    const version = putVersion(bucket, { key: input.Key, body: original.body, attributes }, context);
    const { VersionId: CopySourceVersionId } = shownVersion(sourceBucket, original);
    return {
      CopyObjectResult: { ETag: quoted(version.etag), LastModified: version.lastModified },
      ...(CopySourceVersionId === undefined ? {} : { CopySourceVersionId }),
      ...shownVersion(bucket, version),
      ...encryptionOf(version),
    };
  },
});

/** `bucket/key` or `/bucket/key`, the key URL-encoded, maybe with `?versionId=…`. */
function parseSource(text: string): { bucket: string; key: string; versionId: string | undefined } {
  const [path = '', versionId] = text.split('?versionId=');
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
