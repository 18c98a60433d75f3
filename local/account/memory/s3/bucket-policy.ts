import { AwsError } from '../../../aws-error.ts';
import {
  PolicySyntaxError,
  parseResourcePolicy,
  type ResourcePolicy,
  type Statement,
} from '../policy/resource-policy.ts';
import { bucketArn } from './buckets.ts';
import type { BucketRecord } from './state.ts';

const MAX_BYTES = 20 * 1024;

/**
 * Reads a policy that somebody wants to put on a bucket.
 * @throws AwsError MalformedPolicy
 */
export function parseBucketPolicy(text: string, bucketName: string): ResourcePolicy {
  if (Buffer.byteLength(text) > MAX_BYTES) throw malformedPolicy('Policy exceeds the maximum allowed size');
  const policy = parse(text);
  for (const statement of policy.statements) assertOfBucket(statement, bucketName);
  return policy;
}

/** @throws AwsError NoSuchBucketPolicy */
export function requirePolicy({ name, policy }: BucketRecord): string {
  if (policy !== undefined) return policy;
  throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
    statusCode: 404,
    details: { BucketName: name },
  });
}

function parse(text: string): ResourcePolicy {
  try {
    return parseResourcePolicy(text);
  } catch (error) {
    if (error instanceof PolicySyntaxError) throw malformedPolicy(error.message);
    throw error;
  }
}

function assertOfBucket({ actions, notActions, resources, notResources }: Statement, name: string): void {
  const arn = bucketArn(name);
  for (const resource of resources ?? notResources ?? []) {
    if (resource === '*') continue;
    const own = resource.replace(/^arn:aws[a-z-]*:/, 'arn:aws:');
    if (own !== arn && !own.startsWith(`${arn}/`) && own !== `${arn}*`) {
      throw malformedPolicy('Policy has invalid resource');
    }
  }
  for (const action of actions ?? notActions ?? []) {
    if (action !== '*' && !/^s3:[A-Za-z0-9*?]+$/i.test(action)) {
      throw malformedPolicy('Policy has invalid action');
    }
  }
}

function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicy', message);
}
