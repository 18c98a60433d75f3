import { AwsError } from '../../../aws-error.ts';
import { keyArn, requireKey, stateOf } from '../kms/keys.ts';
import type { KeyRecord } from '../kms/state.ts';
import type { MemoryContext } from '../operation.ts';
import { isAllowed, type PolicyQuestion } from '../policy/evaluate.ts';
import { parseResourcePolicy } from '../policy/resource-policy.ts';
import { bucketArn } from '../s3/buckets.ts';
import type { BucketRecord } from '../s3/state.ts';

const CLOUDTRAIL = { kind: 'Service', id: 'cloudtrail.amazonaws.com' } as const;
const MAX_PREFIX = 200;

/** Where a trail's log files are to go. */
export interface Delivery {
  readonly bucketName: string;
  readonly prefix: string | undefined;
  /** ARN of the trail that they are of. */
  readonly trailArn: string;
}

/**
 * Whether CloudTrail may write there.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * @throws AwsError S3BucketDoesNotExistException, InsufficientS3BucketPolicyException, InvalidS3PrefixException
 */
export function assertDeliverable(delivery: Delivery, context: MemoryContext): void {
  const { bucketName, prefix } = delivery;
  if (prefix !== undefined && (prefix.length > MAX_PREFIX || !/^[\x21-\x7e]*$/.test(prefix))) {
    throw new AwsError('InvalidS3PrefixException', 'The S3 prefix is not valid.');
  }
  const bucket = context.state.s3.buckets.get(bucketName);
  if (bucket === undefined) {
    throw new AwsError('S3BucketDoesNotExistException', `S3 bucket ${bucketName} does not exist!`);
  }
  if (isWritable(bucket, delivery, context)) return;
  throw new AwsError(
    'InsufficientS3BucketPolicyException',
    `Incorrect S3 bucket policy is detected for bucket: ${bucketName}`,
  );
}

function isWritable(
  bucket: BucketRecord,
  { prefix, trailArn }: Delivery,
  { accountId }: MemoryContext,
): boolean {
  if (bucket.policy === undefined) return false;
  const policy = parseResourcePolicy(bucket.policy);
  const arn = bucketArn(bucket.name);
  const folder = [arn, prefix, 'AWSLogs', accountId].filter(Boolean).join('/');
  const context = {
    's3:x-amz-acl': 'bucket-owner-full-control',
    'aws:sourcearn': trailArn,
    'aws:sourceaccount': accountId,
    'aws:securetransport': 'true',
  };
  const questions: readonly PolicyQuestion[] = [
    { principal: CLOUDTRAIL, action: 's3:GetBucketAcl', resource: arn, context },
    { principal: CLOUDTRAIL, action: 's3:PutObject', resource: `${folder}/CloudTrail/log.json.gz`, context },
  ];
  return questions.every((question) => isAllowed(policy, question));
}

/**
 * The ARN of a key that CloudTrail may encrypt with.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 * @throws AwsError KmsKeyNotFoundException, KmsKeyDisabledException, InsufficientEncryptionPolicyException
 */
export function requireEncryptionKey(id: string, trailArn: string, context: MemoryContext): string {
  const key = findKey(id, context);
  const arn = keyArn(key, context.accountId);
  if (stateOf(key) !== 'Enabled') {
    throw new AwsError('KmsKeyDisabledException', `The KMS key ${arn} is ${stateOf(key)}.`);
  }
  const allowed = isAllowed(parseResourcePolicy(key.policy), {
    principal: CLOUDTRAIL,
    action: 'kms:GenerateDataKey',
    resource: arn,
    context: {
      'kms:encryptioncontext:aws:cloudtrail:arn': trailArn,
      'aws:sourcearn': trailArn,
      'aws:sourceaccount': context.accountId,
    },
  });
  if (allowed && key.keySpec === 'SYMMETRIC_DEFAULT') return arn;
  throw new AwsError(
    'InsufficientEncryptionPolicyException',
    `Insufficient permissions to access S3 bucket or KMS key ${arn}: its policy does not let CloudTrail generate data keys.`,
  );
}

function findKey(id: string, context: MemoryContext): KeyRecord {
  try {
    return requireKey(id, context);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw new AwsError('KmsKeyNotFoundException', `The KMS key ${id} is not found.`, { cause });
  }
}
