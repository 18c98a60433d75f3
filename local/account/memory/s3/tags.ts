import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { type Tag, tag } from '../input.ts';

const MAX_TAGS = 50;

export const tagging = z.strictObject({ TagSet: z.array(tag) });

/**
 * A tag set as a map.
 * @throws AwsError InvalidTag, BadRequest
 */
export function toTagMap(tags: readonly Tag[], limit = MAX_TAGS): Map<string, string> {
  const map = new Map<string, string>();
  for (const { Key, Value } of tags) {
    if (map.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key');
    if (Key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester');
    map.set(Key, Value);
  }
  if (map.size > limit) throw new AwsError('BadRequest', `Object tags cannot be greater than ${limit}`);
  return map;
}

export function toTagSet(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export function invalidTag(message: string): AwsError {
  return new AwsError('InvalidTag', message);
}
