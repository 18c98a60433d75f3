import type { TagSource } from '../tagging/tag-source.ts';
import { keyArn, liveKeys, requireOwnKey } from './keys.ts';
import { assertTaggable, putTags } from './tags.ts';

/** Keys as the Resource Groups Tagging API sees them. */
export const kmsTagSource: TagSource = {
  service: 'kms',
  *tagged(context) {
    for (const key of liveKeys(context)) {
      const { tags } = key;
      if (tags) yield { arn: keyArn(key, context.accountId), resourceType: 'kms:key', tags };
    }
  },
  tag(arn, tags, context) {
    const key = requireOwnKey(arn, context);
    const added = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    assertTaggable(added, key.tags);
    putTags(key, added);
  },
  untag(arn, keys, context) {
    const { tags } = requireOwnKey(arn, context);
    for (const key of keys) tags?.delete(key);
  },
};
