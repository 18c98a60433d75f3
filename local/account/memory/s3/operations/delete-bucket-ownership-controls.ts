import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html */
export const deleteBucketOwnershipControls = bucketOperation({
  input: {},
  run: (bucket) => {
    bucket.ownership = undefined;
    return {};
  },
});
