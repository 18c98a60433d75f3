import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { flag, tag, text } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { type Grant, isOwnerOnly, isPublicAcl, ownerGrant } from '../acl.ts';
import { aclInput, requestedGrants } from '../acl-input.ts';
import { assertBucketName, bucketArn, newBucket } from '../buckets.ts';
import { objectOwnership } from '../ownership.ts';
import { s3Operation } from '../s3-operation.ts';
import type { ObjectOwnership } from '../state.ts';
import { toTagMap } from '../tags.ts';

const HOME = 'us-east-1';

const configuration = z.strictObject({
  LocationConstraint: text.optional(),
  Tags: z.array(tag).optional(),
});

/**
 * A new bucket blocks public access and has its ACLs disabled, as S3 makes them since April 2023.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export const createBucket = s3Operation({
  input: {
    Bucket: text,
    CreateBucketConfiguration: configuration.optional(),
    ObjectOwnership: objectOwnership.optional(),
    ObjectLockEnabledForBucket: flag.optional(),
    ...aclInput,
  },
  run: (
    { Bucket, CreateBucketConfiguration, ObjectOwnership = 'BucketOwnerEnforced', ...input },
    context,
  ) => {
    assertBucketName(Bucket);
    const region = regionOf(CreateBucketConfiguration?.LocationConstraint, context);
    const grants = requestedGrants(input, context.accountId) ?? [ownerGrant(context.accountId)];
    assertGrants(grants, ObjectOwnership, context);
    const tags = toTagMap(CreateBucketConfiguration?.Tags ?? []);
    const { buckets } = context.state.s3;
    const existing = buckets.get(Bucket);
    // In us-east-1 alone, creating one's own bucket again is no error, for old clients' sake.
    if (existing && !(existing.region === HOME && context.region === HOME)) throw alreadyOwned(Bucket);
    if (existing === undefined) {
      const bucket = { ...newBucket(Bucket, region, context), grants, ownership: ObjectOwnership };
      if (tags.size > 0) bucket.tags = tags;
      buckets.set(Bucket, bucket);
    }
    return { Location: `/${Bucket}`, BucketArn: bucketArn(Bucket) };
  },
});

function regionOf(constraint: string | undefined, { region }: MemoryContext): string {
  const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (region === HOME && wanted === undefined) return HOME;
  if (wanted === undefined || (region !== HOME && wanted !== region)) {
    const message = `The ${wanted ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`;
    throw new AwsError('IllegalLocationConstraintException', message);
  }
  if (wanted !== HOME && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(wanted)) return wanted;
  throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
    details: { LocationConstraint: wanted },
  });
}

function assertGrants(
  grants: readonly Grant[],
  ownership: ObjectOwnership,
  { accountId }: MemoryContext,
): void {
  if (ownership === 'BucketOwnerEnforced' && !isOwnerOnly(grants, accountId)) {
    throw new AwsError(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  if (isPublicAcl(grants)) {
    throw new AwsError(
      'InvalidBucketAclWithBlockPublicAccessError',
      'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
    );
  }
}

function alreadyOwned(name: string): AwsError {
  return new AwsError(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    { statusCode: 409, details: { BucketName: name } },
  );
}
