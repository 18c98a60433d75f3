import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { aclInput } from '../acl-input.ts';
import { copySource, requireSource, sourceConditions } from '../copy-source.ts';
import {
  assertObjectAcl,
  contentAttributes,
  contentInput,
  encryptionOf,
  storageAttributes,
  storageInput,
} from '../object-attributes.ts';
import { tagsOfHeader } from '../object-tags.ts';
import { assertKey, putVersion, quoted, shownVersion } from '../objects.ts';
import { pickInput } from '../pick-input.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = bucketOperation({
  input: {
    Key: text,
    CopySource: copySource,
    MetadataDirective: z.enum(['COPY', 'REPLACE']).default('COPY'),
    TaggingDirective: z.enum(['COPY', 'REPLACE']).default('COPY'),
    Tagging: text.optional(),
    RequestPayer: text.optional(),
    ...sourceConditions,
    ...aclInput,
    ...contentInput,
    ...storageInput,
  },
  run: (bucket, input, context) => {
    assertKey(input.Key);
    assertObjectAcl(bucket, input, context.accountId);
    const { bucket: sourceBucket, version: original } = requireSource(input, context);
    const replaces = input.MetadataDirective === 'REPLACE';
    const storage = pickInput(storageInput, input);
    if (
      sourceBucket === bucket &&
      original.key === input.Key &&
      !replaces &&
      Object.keys(storage).length === 0
    ) {
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
    const tags = input.TaggingDirective === 'COPY' ? original.tags : tagsOfHeader(input.Tagging);
    const copy = { key: input.Key, body: original.body, attributes, tags };
    const version = putVersion(bucket, copy, context);
    const { VersionId: CopySourceVersionId } = shownVersion(sourceBucket, original);
    return {
      CopyObjectResult: { ETag: quoted(version.etag), LastModified: version.lastModified },
      ...(CopySourceVersionId === undefined ? {} : { CopySourceVersionId }),
      ...shownVersion(bucket, version),
      ...encryptionOf(version),
    };
  },
});
