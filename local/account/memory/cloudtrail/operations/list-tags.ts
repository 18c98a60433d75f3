import { text, texts } from '../../input.ts';
import { requireTagged } from '../tags.ts';
import { trailOperation } from '../trail-operation.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html */
export const listTags = trailOperation({
  input: { ResourceIdList: texts.min(1).max(20), NextToken: text.optional() },
  run: ({ ResourceIdList }, context) => ({
    ResourceTagList: ResourceIdList.map((arn) => ({
      ResourceId: arn,
      TagsList: [...(requireTagged(arn, context).tags ?? [])].map(([Key, Value]) => ({ Key, Value })),
    })),
  }),
});
