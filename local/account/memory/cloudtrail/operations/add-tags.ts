import { text } from '../../input.ts';
import { assertTaggable, putTags, requireTagged, tagsList } from '../tags.ts';
import { trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AddTags.html */
export const addTags = trailOperation({
  input: { ResourceId: text, TagsList: tagsList },
  run: ({ ResourceId, TagsList }, context) => {
    const trail = requireTagged(ResourceId, context);
    assertTaggable(TagsList, trail.tags);
    putTags(trail, TagsList);
    return {};
  },
});
