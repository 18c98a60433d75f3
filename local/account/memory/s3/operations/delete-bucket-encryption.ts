import { bucketOperation } from '../s3-operation.ts';

/**
 * Back to S3's own keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html
 */
export const deleteBucketEncryption = bucketOperation({
  input: {},
  run: (bucket) => {
    bucket.encryption = undefined;
    return {};
  },
});
