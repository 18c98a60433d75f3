import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import type { TagSource } from '../tagging/tag-source.ts';
import { bucketArn } from './buckets.ts';
import type { BucketRecord } from './state.ts';
import { toTagMap, toTagSet } from './tags.ts';

/** Buckets as the Resource Groups Tagging API sees them. */
export const s3TagSource: TagSource = {
  service: 's3',
  *tagged({ state }) {
    for (const { name, tags } of state.s3.buckets.values()) {
      if (tags) yield { arn: bucketArn(name), resourceType: 's3:bucket', tags };
    }
  },
  tag(arn, tags, context) {
    const bucket = resolve(arn, context);
    const added = toTagMap(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
    const all = new Map([...(bucket.tags ?? []), ...added]);
    bucket.tags = toTagMap(toTagSet(all));
  },
  untag(arn, keys, context) {
    const { tags } = resolve(arn, context);
    for (const key of keys) tags?.delete(key);
  },
};

function resolve(arn: string, { state }: MemoryContext): BucketRecord {
  const bucket = [...state.s3.buckets.values()].find(({ name }) => bucketArn(name) === arn);
  if (bucket) return bucket;
  throw new AwsError('InvalidParameterException', `The ARN ${arn} names no bucket.`);
}
