import { integer, text } from '../../input.ts';
import { aclInput } from '../acl-input.ts';
import { body } from '../body.ts';
import { assertWritable, writeConditions } from '../conditions.ts';
import {
  assertObjectAcl,
  checksumInput,
  checksumsOf,
  contentAttributes,
  contentInput,
  encryptionOf,
  storageAttributes,
  storageInput,
} from '../object-attributes.ts';
import { tagsOfHeader } from '../object-tags.ts';
import { assertKey, currentVersion, putVersion, quoted, shownVersion } from '../objects.ts';
import { pickInput } from '../pick-input.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = bucketOperation({
  input: {
    Key: text,
    Body: body.optional(),
    ContentLength: integer.optional(),
    RequestPayer: text.optional(),
    Tagging: text.optional(),
    ...aclInput,
    ...writeConditions,
    ...contentInput,
    ...storageInput,
    ...checksumInput,
  },
  run: (bucket, input, context) => {
    assertKey(input.Key);
    assertObjectAcl(bucket, input, context.accountId);
    assertWritable(currentVersion(bucket, input.Key), input);
    const tags = tagsOfHeader(input.Tagging);
    const attributes = {
      ...contentAttributes(pickInput(contentInput, input)),
      ...storageAttributes(pickInput(storageInput, input), bucket),
      ...pickInput(checksumInput, input),
    };
    const version = putVersion(
      bucket,
      { key: input.Key, body: input.Body ?? new Uint8Array(), attributes, tags },
      context,
    );
    return {
      ETag: quoted(version.etag),
      ...shownVersion(bucket, version),
      ...encryptionOf(version),
      ...checksumsOf(version),
    };
  },
});
