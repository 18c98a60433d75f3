import { text } from '../../input.ts';
import { requireTagged, tagsList } from '../tags.ts';
import { trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RemoveTags.html */
export const removeTags = trailOperation({
  input: { ResourceId: text, TagsList: tagsList },
  run: ({ ResourceId, TagsList }, context) => {
    const { tags } = requireTagged(ResourceId, context);
    for (const { Key } of TagsList) tags?.delete(Key);
    return {};
  },
});
