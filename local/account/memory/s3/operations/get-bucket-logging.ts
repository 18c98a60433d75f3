import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export const getBucketLogging = bucketOperation({
  input: {},
  run: ({ logging }) => (logging ? { LoggingEnabled: logging } : {}),
});
