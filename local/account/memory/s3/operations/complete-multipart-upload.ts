import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { integer, text } from '../../input.ts';
import { assertWritable, writeConditions } from '../conditions.ts';
import { checksumInput, checksumsOf, encryptionOf } from '../object-attributes.ts';
import { currentVersion, putVersion, quoted, shownVersion } from '../objects.ts';
import { pickInput } from '../pick-input.ts';
import { bucketOperation } from '../s3-operation.ts';
import { chooseParts, etagOf, requireUpload } from '../uploads.ts';

const part = z.strictObject({ PartNumber: integer, ETag: text, ...checksumInput });

/**
 * Checksums of the whole object are kept as the request gives them; none is made of those of its parts.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload = bucketOperation({
  input: {
    Key: text,
    UploadId: text,
    MultipartUpload: z.strictObject({ Parts: z.array(part).min(1, 'You must specify at least one part') }),
    ChecksumType: text.optional(),
    MpuObjectSize: integer.optional(),
    RequestPayer: text.optional(),
    ...checksumInput,
    ...writeConditions,
  },
  hasDocument: true,
  run: (bucket, input, context) => {
    const { Key, MpuObjectSize } = input;
    const upload = requireUpload(bucket, input);
    const parts = chooseParts(upload, input.MultipartUpload.Parts);
    assertWritable(currentVersion(bucket, Key), input);
    const body = Buffer.concat(parts.map((each) => each.body));
    if (MpuObjectSize !== undefined && MpuObjectSize !== body.length) {
      throw new AwsError(
        'InvalidRequest',
        `The provided 'x-amz-mp-object-size' header value ${MpuObjectSize} does not match what was computed: ${body.length}`,
      );
    }
    const attributes = { ...upload.attributes, ...pickInput(checksumInput, input) };
    const { tags } = upload;
    const made = { key: Key, body, attributes, tags, etag: etagOf(parts) };
    const version = putVersion(bucket, made, context);
    bucket.uploads.delete(upload.uploadId);
    return {
      Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(Key)}`,
      Bucket: bucket.name,
      Key,
      ETag: quoted(version.etag),
      ...shownVersion(bucket, version),
      ...encryptionOf(version),
      ...checksumsOf(version),
    };
  },
});
