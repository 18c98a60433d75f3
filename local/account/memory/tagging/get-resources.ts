import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag, integer, text, texts } from '../input.ts';
import { paginate } from '../pagination.ts';
import type { TaggedResource } from './tag-source.ts';
import { tagSources } from './tag-sources.ts';
import { taggingOperation } from './tagging-operation.ts';

const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

const tagFilter = z.strictObject({ Key: text, Values: texts.max(20).default([]) });

/**
 * The resources that are or were tagged; of every region, since the account is not partitioned.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export const getResources = taggingOperation({
  input: {
    ResourceARNList: texts.max(100).optional(),
    TagFilters: z.array(tagFilter).max(50).optional(),
    ResourceTypeFilters: texts.max(100).optional(),
    ResourcesPerPage: integer.optional(),
    PaginationToken: text.optional(),
    IncludeComplianceDetails: flag.optional(),
  },
  run: (input, context) => {
    const { ResourceARNList, TagFilters = [], ResourceTypeFilters = [], ResourcesPerPage } = input;
    if (ResourceARNList?.length && (TagFilters.length || ResourceTypeFilters.length || ResourcesPerPage)) {
      throw invalid('ResourceARNList cannot be used together with filters or pagination.');
    }
    if (ResourcesPerPage !== undefined && (ResourcesPerPage < 1 || ResourcesPerPage > MAX_PAGE)) {
      throw invalid(`ResourcesPerPage must be between 1 and ${MAX_PAGE}.`);
    }
    const arns = ResourceARNList?.length ? new Set(ResourceARNList) : undefined;
    const found = tagSources
      .flatMap((source) => [...source.tagged(context)])
      .filter((resource) => arns?.has(resource.arn) ?? true)
      .filter((resource) => matchesType(resource, ResourceTypeFilters))
      .filter((resource) => TagFilters.every((filter) => matchesTag(resource, filter)));
    const { items, nextToken } = paginate(found, {
      maxResults: arns ? undefined : (ResourcesPerPage ?? DEFAULT_PAGE),
      nextToken: input.PaginationToken,
      invalidTokenCode: 'PaginationTokenExpiredException',
    });
    return {
      PaginationToken: nextToken ?? '',
      ResourceTagMappingList: items.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  },
});

/** `ec2` means every type of EC2, `ec2:instance` that one. */
function matchesType({ resourceType }: TaggedResource, types: readonly string[]): boolean {
  return (
    types.length === 0 || types.some((type) => type === resourceType || resourceType.startsWith(`${type}:`))
  );
}

function matchesTag({ tags }: TaggedResource, { Key, Values }: z.output<typeof tagFilter>): boolean {
  const value = tags.get(Key);
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
