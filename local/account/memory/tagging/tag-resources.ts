import { z } from 'zod';
import { arnList, forEachArn, taggingOperation } from './tagging-operation.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html */
export const tagResources = taggingOperation({
  input: {
    ResourceARNList: arnList,
    Tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .refine((tags) => Object.keys(tags).length > 0, 'At least one tag is required.'),
  },
  run: ({ ResourceARNList, Tags }, context) =>
    forEachArn(ResourceARNList, context, (source, arn) => source.tag(arn, Tags, context)),
});
