import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { copySource, requireSource, sourceConditions } from '../copy-source.ts';
import { quoted, shownVersion } from '../objects.ts';
import { bucketOperation } from '../s3-operation.ts';
import { partNumber, putPart, requireUpload } from '../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy = bucketOperation({
  input: {
    Key: text,
    UploadId: text,
    PartNumber: partNumber,
    CopySource: copySource,
    CopySourceRange: text.optional(),
    RequestPayer: text.optional(),
    ...sourceConditions,
  },
  run: (bucket, input, context) => {
    const upload = requireUpload(bucket, input);
    const { bucket: from, version } = requireSource(input, context);
    const content = rangeOf(version.body, input.CopySourceRange);
    const part = putPart(upload, { partNumber: input.PartNumber, body: content }, context);
    const { VersionId: CopySourceVersionId } = shownVersion(from, version);
    return {
      CopyPartResult: { ETag: quoted(part.etag), LastModified: part.lastModified },
      ServerSideEncryption: upload.attributes.ServerSideEncryption,
      ...(CopySourceVersionId === undefined ? {} : { CopySourceVersionId }),
    };
  },
});

/** Unlike a read's, this range has both ends, and they are there. */
function rangeOf(body: Uint8Array, range: string | undefined): Uint8Array {
  if (range === undefined) return body;
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(range) ?? [];
  if (first === undefined || Number(first) > Number(last)) {
    throw new AwsError(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (Number(last) >= body.length) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      statusCode: 416,
      details: { RangeRequested: range, ActualObjectSize: body.length },
    });
  }
  return body.subarray(Number(first), Number(last) + 1);
}
