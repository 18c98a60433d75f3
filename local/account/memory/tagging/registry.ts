import type { MemoryOperation } from '../operation.ts';
import { getResources } from './get-resources.ts';
import { tagResources } from './tag-resources.ts';
import { untagResources } from './untag-resources.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/ */
export const taggingOperations = {
  'tagging.GetResources': getResources,
  'tagging.TagResources': tagResources,
  'tagging.UntagResources': untagResources,
} as const satisfies Readonly<Record<`tagging.${string}`, MemoryOperation>>;
