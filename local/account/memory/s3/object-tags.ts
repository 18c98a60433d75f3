import { AwsError } from '../../../aws-error.ts';
import type { Tag } from '../input.ts';
import type { VersionRecord } from './state.ts';
import { invalidTag, toTagMap } from './tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MAX_OBJECT_TAGS = 10;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** A tag set of an object. @throws AwsError InvalidTag, BadRequest */
export function toObjectTags(tags: readonly Tag[]): ReadonlyMap<string, string> {
  for (const { Key, Value } of tags) {
    if (!ALLOWED.test(Key)) throw invalidTag('The TagKey you have provided is invalid');
    if (!ALLOWED.test(Value)) throw invalidTag('The TagValue you have provided is invalid');
  }
  return toTagMap(tags, MAX_OBJECT_TAGS);
}

/**
 * The tags of the header `x-amz-tagging`: `key1=value1&key2=value2`.
 * @throws AwsError InvalidArgument, InvalidTag, BadRequest
 */
export function tagsOfHeader(header: string | undefined): ReadonlyMap<string, string> {
  const tags = [...new URLSearchParams(header ?? '')].map(([Key, Value]) => ({ Key, Value }));
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new AwsError(
      'InvalidArgument',
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    );
  }
  return toObjectTags(tags);
}

/** What reads of an object say of its tags. */
export function tagCountOf({ tags }: VersionRecord): { TagCount?: number } {
  return tags.size > 0 ? { TagCount: tags.size } : {};
}
