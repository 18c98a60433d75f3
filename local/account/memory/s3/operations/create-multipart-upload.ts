import { text } from '../../input.ts';
import { aclInput } from '../acl-input.ts';
import {
  assertObjectAcl,
  contentAttributes,
  contentInput,
  storageAttributes,
  storageInput,
} from '../object-attributes.ts';
import { tagsOfHeader } from '../object-tags.ts';
import { assertKey } from '../objects.ts';
import { pickInput } from '../pick-input.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload = bucketOperation({
  input: {
    Key: text,
    ChecksumType: text.optional(),
    RequestPayer: text.optional(),
    Tagging: text.optional(),
    ...aclInput,
    ...contentInput,
    ...storageInput,
  },
  run: (bucket, input, context) => {
    const { Key, ChecksumAlgorithm, ChecksumType } = input;
    assertKey(Key);
    assertObjectAcl(bucket, input, context.accountId);
    const { StorageClass, ...encryption } = storageAttributes(pickInput(storageInput, input), bucket);
    const uploadId = context.ids.hex(32);
    bucket.uploads.set(uploadId, {
      uploadId,
      key: Key,
      initiated: context.clock.now(),
      attributes: {
        ...contentAttributes(pickInput(contentInput, input)),
        ...encryption,
        ...(StorageClass === undefined ? {} : { StorageClass }),
      },
      tags: tagsOfHeader(input.Tagging),
      parts: new Map(),
    });
    return {
      Bucket: bucket.name,
      Key,
      UploadId: uploadId,
      ...encryption,
      ...(ChecksumAlgorithm === undefined ? {} : { ChecksumAlgorithm }),
      ...(ChecksumType === undefined ? {} : { ChecksumType }),
    };
  },
});
