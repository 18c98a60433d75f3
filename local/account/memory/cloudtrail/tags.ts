import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { MemoryContext } from '../operation.ts';
import type { TrailRecord } from './state.ts';
import { assertTrailArn } from './trail-operation.ts';

const MAX_TAGS = 50;

export const tagsList = z.array(
  z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') }),
);
type TagsList = z.output<typeof tagsList>;

/** @throws AwsError InvalidTagParameterException, TagsLimitExceededException */
export function assertTaggable(tags: TagsList, existing: ReadonlyMap<string, string> = new Map()): void {
  const keys = new Set(tags.map(({ Key }) => Key));
  if (keys.size < tags.length) {
    throw new AwsError('InvalidTagParameterException', 'Tag key is specified more than once.');
  }
  if ([...keys].some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw new AwsError('InvalidTagParameterException', "Tag keys starting with 'aws:' are reserved.");
  }
  if (new Set([...existing.keys(), ...keys]).size > MAX_TAGS) {
    throw new AwsError('TagsLimitExceededException', `A trail can have up to ${MAX_TAGS} tags.`);
  }
}

export function putTags(trail: TrailRecord, tags: TagsList): void {
  if (tags.length === 0) return;
  trail.tags ??= new Map();
  for (const { Key, Value } of tags) trail.tags.set(Key, Value);
}

/** The trail that a tagging operation names. @throws AwsError CloudTrailARNInvalidException, ResourceNotFoundException */
export function requireTagged(arn: string, { state }: MemoryContext): TrailRecord {
  assertTrailArn(arn);
  const trail = state.cloudtrail.trails.get(arn);
  if (trail) return trail;
  throw new AwsError('ResourceNotFoundException', `Trail with ARN ${arn} is not found.`);
}
