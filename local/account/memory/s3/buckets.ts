import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import { ownerGrant } from './acl.ts';
import type { BucketRecord } from './state.ts';

/** @throws AwsError NoSuchBucket */
export function requireBucket(name: string, { state }: MemoryContext): BucketRecord {
  const bucket = state.s3.buckets.get(name);
  if (bucket) return bucket;
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
    statusCode: 404,
    details: { BucketName: name },
  });
}

export function accessDenied(): AwsError {
  return new AwsError('AccessDenied', 'Access Denied', { statusCode: 403 });
}

/** A bucket as S3 makes it: ACLs disabled, all public access blocked. */
export function newBucket(name: string, region: string, { accountId, clock }: MemoryContext): BucketRecord {
  return {
    name,
    region,
    creationDate: clock.now(),
    grants: [ownerGrant(accountId)],
    ownership: 'BucketOwnerEnforced',
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    policy: undefined,
    versioning: undefined,
    encryption: undefined,
    tags: undefined,
    logging: undefined,
    objects: new Map(),
    uploads: new Map(),
  };
}

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @throws AwsError InvalidBucketName
 */
export function assertBucketName(name: string): void {
  const isWellFormed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) &&
    !/^(?:xn--|sthree-)/.test(name) &&
    !/(?:-s3alias|--ol-s3|\.mrap|--x-s3)$/.test(name);
  if (isWellFormed) return;
  throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
    details: { BucketName: name },
  });
}
