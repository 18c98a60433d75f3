import type { TagSource } from '../tagging/tag-source.ts';
import { assertTaggable, putTags, requireTagged } from './tags.ts';

/** Trails as the Resource Groups Tagging API sees them. */
export const cloudTrailTagSource: TagSource = {
  service: 'cloudtrail',
  *tagged({ state }) {
    for (const [arn, { tags }] of state.cloudtrail.trails) {
      if (tags) yield { arn, resourceType: 'cloudtrail:trail', tags };
    }
  },
  tag(arn, tags, context) {
    const trail = requireTagged(arn, context);
    const added = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    assertTaggable(added, trail.tags);
    putTags(trail, added);
  },
  untag(arn, keys, context) {
    const { tags } = requireTagged(arn, context);
    for (const key of keys) tags?.delete(key);
  },
};
