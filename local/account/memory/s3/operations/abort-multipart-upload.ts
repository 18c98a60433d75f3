import { text } from '../../input.ts';
import { bucketOperation } from '../s3-operation.ts';
import { requireUpload } from '../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload = bucketOperation({
  input: { Key: text, UploadId: text, RequestPayer: text.optional() },
  run: (bucket, input) => {
    bucket.uploads.delete(requireUpload(bucket, input).uploadId);
    return {};
  },
});
