import { texts } from '../input.ts';
import { arnList, forEachArn, taggingOperation } from './tagging-operation.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_UntagResources.html */
export const untagResources = taggingOperation({
  input: { ResourceARNList: arnList, TagKeys: texts.min(1).max(50) },
  run: ({ ResourceARNList, TagKeys }, context) =>
    forEachArn(ResourceARNList, context, (source, arn) => source.untag(arn, TagKeys, context)),
});
