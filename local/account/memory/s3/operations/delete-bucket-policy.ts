import { bucketOperation } from '../s3-operation.ts';

/**
 * No error where there is none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
 */
export const deleteBucketPolicy = bucketOperation({
  input: {},
  run: (bucket) => {
    bucket.policy = undefined;
    return {};
  },
});
