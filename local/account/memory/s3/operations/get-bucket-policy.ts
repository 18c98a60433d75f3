import { requirePolicy } from '../bucket-policy.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy = bucketOperation({
  input: {},
  run: (bucket) => ({ Policy: requirePolicy(bucket) }),
});
