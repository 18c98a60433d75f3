import { integer, text } from '../../input.ts';
import { body } from '../body.ts';
import { checksumInput } from '../object-attributes.ts';
import { quoted } from '../objects.ts';
import { pickInput } from '../pick-input.ts';
import { bucketOperation } from '../s3-operation.ts';
import { partNumber, putPart, requireUpload } from '../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = bucketOperation({
  input: {
    Key: text,
    UploadId: text,
    PartNumber: partNumber,
    Body: body.optional(),
    ContentLength: integer.optional(),
    RequestPayer: text.optional(),
    ...checksumInput,
  },
  run: (bucket, input, context) => {
    const upload = requireUpload(bucket, input);
    const part = { partNumber: input.PartNumber, body: input.Body ?? new Uint8Array() };
    const { ServerSideEncryption } = upload.attributes;
    return {
      ETag: quoted(putPart(upload, part, context).etag),
      ServerSideEncryption,
      ...pickInput(checksumInput, input),
    };
  },
});
