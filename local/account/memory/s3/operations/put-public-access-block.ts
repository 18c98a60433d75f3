import { z } from 'zod';
import { flag } from '../../input.ts';
import { bucketOperation } from '../s3-operation.ts';

const off = flag.default(false);

/**
 * What is not named is off.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html
 */
export const putPublicAccessBlock = bucketOperation({
  input: {
    PublicAccessBlockConfiguration: z.strictObject({
      BlockPublicAcls: off,
      IgnorePublicAcls: off,
      BlockPublicPolicy: off,
      RestrictPublicBuckets: off,
    }),
  },
  hasDocument: true,
  run: (bucket, { PublicAccessBlockConfiguration }) => {
    bucket.publicAccessBlock = PublicAccessBlockConfiguration;
    return {};
  },
});
