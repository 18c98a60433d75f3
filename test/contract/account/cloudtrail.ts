import type { JsonObject } from '../../../local/service.ts';
import { type Contract, textAt, unique } from './contract.ts';
import { newBucket } from './s3.ts';

/** The policy that CloudTrail's documentation asks for. */
function trailPolicy(bucket: string, folder = 'AWSLogs'): string {
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  const arn = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: principal, Action: 's3:GetBucketAcl', Resource: arn },
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:PutObject',
        Resource: `${arn}/${folder}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  });
}

/** A bucket that CloudTrail may write to, below a folder. */
export async function newLogBucket(contract: Contract, folder?: string): Promise<string> {
  const Bucket = await newBucket(contract);
  await contract.s3('PutBucketPolicy', { Bucket, Policy: trailPolicy(Bucket, folder) });
  return Bucket;
}

export interface TestTrail {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
}

/** Uses a trail and takes it away at the end: an account has five at most. */
export async function withTrail(
  contract: Contract,
  input: JsonObject,
  use: (trail: TestTrail) => Promise<void>,
): Promise<void> {
  const [name, bucket] = [unique('trail'), await newLogBucket(contract)];
  const created = await contract.cloudtrail('CreateTrail', { Name: name, S3BucketName: bucket, ...input });
  try {
    await use({ name, bucket, arn: textAt(created, 'TrailARN') });
  } finally {
    await contract.cloudtrail('DeleteTrail', { Name: name });
  }
}
