import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { isOwnerOnly } from '../acl.ts';
import { objectOwnership } from '../ownership.ts';
import { bucketOperation } from '../s3-operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const putBucketOwnershipControls = bucketOperation({
  input: {
    OwnershipControls: z.strictObject({
      Rules: z.tuple([z.strictObject({ ObjectOwnership: objectOwnership })]),
    }),
  },
  hasDocument: true,
  run: (bucket, { OwnershipControls }, { accountId }) => {
    const [{ ObjectOwnership }] = OwnershipControls.Rules;
    if (ObjectOwnership === 'BucketOwnerEnforced' && !isOwnerOnly(bucket.grants, accountId)) {
      throw new AwsError(
        'InvalidBucketAclWithObjectOwnership',
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      );
    }
    bucket.ownership = ObjectOwnership;
    return {};
  },
});
