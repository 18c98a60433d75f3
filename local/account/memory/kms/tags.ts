import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { KeyRecord } from './state.ts';

const MAX_TAGS = 50;

export const keyTags = z.array(
  z.strictObject({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }),
);
type KeyTags = z.output<typeof keyTags>;

/** @throws AwsError TagException (twice in a request, or reserved), LimitExceededException */
export function assertTaggable(tags: KeyTags, existing: ReadonlyMap<string, string> = new Map()): void {
  const keys = new Set<string>();
  for (const { TagKey } of tags) {
    if (TagKey.toLowerCase().startsWith('aws:')) {
      throw new AwsError('TagException', `Tags beginning with aws: are reserved: ${TagKey}`);
    }
    if (keys.has(TagKey)) throw new AwsError('TagException', `Duplicate tag key: ${TagKey}`);
    keys.add(TagKey);
  }
  if (new Set([...existing.keys(), ...keys]).size > MAX_TAGS) {
    throw new AwsError('LimitExceededException', `A key can have up to ${MAX_TAGS} tags.`);
  }
}

/** Puts tags on a key: existing keys get the new value. */
export function putTags(key: KeyRecord, tags: KeyTags): void {
  if (tags.length === 0) return;
  key.tags ??= new Map();
  for (const { TagKey, TagValue } of tags) key.tags.set(TagKey, TagValue);
}
