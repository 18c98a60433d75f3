import { bucketOperation } from '../s3-operation.ts';

/**
 * Buckets of us-east-1 have none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export const getBucketLocation = bucketOperation({
  input: {},
  run: ({ region }) => (region === 'us-east-1' ? {} : { LocationConstraint: region }),
});
