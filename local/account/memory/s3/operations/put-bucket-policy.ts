import { flag, text } from '../../input.ts';
import { parseBucketPolicy } from '../bucket-policy.ts';
import { assertAcceptsPolicy } from '../public-access.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy = bucketOperation({
  input: { Policy: text, ConfirmRemoveSelfBucketAccess: flag.optional() },
  run: (bucket, { Policy }) => {
    assertAcceptsPolicy(bucket, parseBucketPolicy(Policy, bucket.name));
    bucket.policy = Policy;
    return {};
  },
});
