import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging = bucketOperation({
  input: {},
  run: (bucket) => {
    bucket.tags?.clear();
    return {};
  },
});
