import type { JsonObject } from '../../../local/service.ts';
import { type Contract, unique } from './contract.ts';

/** A new bucket as AWS makes it: ACLs disabled, public access blocked. */
export async function newBucket({ s3 }: Contract, input: JsonObject = {}): Promise<string> {
  const Bucket = unique('bucket');
  await s3('CreateBucket', { Bucket, ...input });
  return Bucket;
}

/** A new bucket that takes public ACLs and policies. */
export async function newOpenBucket(contract: Contract): Promise<string> {
  const Bucket = await newBucket(contract, { ObjectOwnership: 'ObjectWriter' });
  await contract.s3('DeletePublicAccessBlock', { Bucket });
  return Bucket;
}

/** A policy of one statement on a bucket and its objects. */
export function bucketPolicy(bucket: string, statement: JsonObject): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        ...statement,
      },
    ],
  });
}

/** The text of GetObject's body: bytes, or a stream where it came over the wire. */
export async function bodyText({ Body }: JsonObject): Promise<string> {
  if (Body instanceof Uint8Array) return Buffer.from(Body).toString();
  if (typeof Body !== 'object' || Body === null || !('transformToString' in Body)) {
    throw new Error('the answer has no body');
  }
  const { transformToString } = Body;
  if (typeof transformToString !== 'function') throw new Error('the body cannot be read');
  return String(await transformToString.call(Body));
}
