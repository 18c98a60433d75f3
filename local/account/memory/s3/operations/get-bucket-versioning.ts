import { bucketOperation } from '../s3-operation.ts';

/**
 * Nothing for a bucket that never had it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
 */
export const getBucketVersioning = bucketOperation({
  input: {},
  run: ({ versioning }) => (versioning ? { Status: versioning } : {}),
});
