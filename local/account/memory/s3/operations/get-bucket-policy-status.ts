import { isPublicPolicy } from '../../policy/is-public.ts';
import { parseBucketPolicy, requirePolicy } from '../bucket-policy.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus = bucketOperation({
  input: {},
  run: (bucket) => {
    const policy = parseBucketPolicy(requirePolicy(bucket), bucket.name);
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  },
});
