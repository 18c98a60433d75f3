import { AwsError } from '../../../../aws-error.ts';
import { accessControlPolicy, aclInput, requestedGrants } from '../acl-input.ts';
import { assertAcceptsGrants } from '../public-access.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = bucketOperation({
  input: { ...aclInput, AccessControlPolicy: accessControlPolicy.optional() },
  run: (bucket, input, { accountId }) => {
    const grants = requestedGrants(input, accountId);
    if (grants === undefined) {
      const message =
        'Your request was missing a required header: x-amz-acl, a grant, or an ACL in the body.';
      throw new AwsError('MissingSecurityHeader', message);
    }
    assertAcceptsGrants(bucket, grants, accountId);
    bucket.grants = grants;
    return {};
  },
});
