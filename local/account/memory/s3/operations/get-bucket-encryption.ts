import { bucketOperation } from '../s3-operation.ts';

/** Every bucket is encrypted by S3's own keys at least. */
const DEFAULT = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = bucketOperation({
  input: {},
  run: ({ encryption }) => ({ ServerSideEncryptionConfiguration: encryption ?? DEFAULT }),
});
