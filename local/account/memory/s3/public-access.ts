import { AwsError } from '../../../aws-error.ts';
import { isPublicPolicy } from '../policy/is-public.ts';
import type { ResourcePolicy } from '../policy/resource-policy.ts';
import { type Grant, isOwnerOnly, isPublicAcl } from './acl.ts';
import { accessDenied } from './buckets.ts';
import type { BucketRecord } from './state.ts';

/**
 * Whether a bucket takes those grants.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * @throws AwsError AccessControlListNotSupported, AccessDenied
 */
export function assertAcceptsGrants(bucket: BucketRecord, grants: readonly Grant[], accountId: string): void {
  if (bucket.ownership === 'BucketOwnerEnforced' && !isOwnerOnly(grants, accountId)) {
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  if (bucket.publicAccessBlock?.BlockPublicAcls && isPublicAcl(grants)) throw accessDenied();
}

/** @throws AwsError AccessDenied where it is public and the bucket blocks such */
export function assertAcceptsPolicy(bucket: BucketRecord, policy: ResourcePolicy): void {
  if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(policy)) throw accessDenied();
}
