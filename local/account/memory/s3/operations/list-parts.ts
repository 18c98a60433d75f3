import { AwsError } from '../../../../aws-error.ts';
import { integer, text } from '../../input.ts';
import { ownerOf } from '../acl.ts';
import { quoted } from '../objects.ts';
import { bucketOperation } from '../s3-operation.ts';
import { partsOf, requireUpload } from '../uploads.ts';

const MAX_PARTS = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = bucketOperation({
  input: {
    Key: text,
    UploadId: text,
    MaxParts: integer.optional(),
    PartNumberMarker: integer.default(0),
    RequestPayer: text.optional(),
  },
  run: (bucket, input, { accountId }) => {
    const { Key, UploadId, PartNumberMarker } = input;
    const upload = requireUpload(bucket, input);
    const maxParts = checkedMaxParts(input.MaxParts);
    const all = partsOf(upload).filter(({ partNumber }) => partNumber > PartNumberMarker);
    const page = all.slice(0, maxParts);
    return {
      Bucket: bucket.name,
      Key,
      UploadId,
      PartNumberMarker: String(PartNumberMarker),
      NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
      MaxParts: maxParts,
      IsTruncated: all.length > page.length,
      ...(page.length > 0
        ? {
            Parts: page.map(({ partNumber, lastModified, etag, body }) => ({
              PartNumber: partNumber,
              LastModified: lastModified,
              ETag: quoted(etag),
              Size: body.length,
            })),
          }
        : {}),
      Initiator: ownerOf(accountId),
      Owner: ownerOf(accountId),
      StorageClass: upload.attributes.StorageClass ?? 'STANDARD',
    };
  },
});

function checkedMaxParts(maxParts = MAX_PARTS): number {
  if (maxParts >= 0) return Math.min(maxParts, MAX_PARTS);
  throw new AwsError('InvalidArgument', 'Argument max-parts must be an integer between 0 and 2147483647');
}
