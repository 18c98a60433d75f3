import { text } from '../../input.ts';
import { paginate } from '../../pagination.ts';
import { describeInput } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { applyFilters } from '../filters.ts';
import { kindOf } from '../resource-ids.ts';
import type { Ec2State } from '../state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html */
export const describeTags = ec2Operation({
  input: { ...describeInput, NextToken: text.optional() },
  run: (input, context) => {
    const found = applyFilters(
      allTags(context.state.ec2),
      {
        idOf: (tag) => tag.ResourceId,
        table: {
          key: (tag) => tag.Key,
          value: (tag) => tag.Value,
          'resource-id': (tag) => tag.ResourceId,
          'resource-type': (tag) => tag.ResourceType,
        },
      },
      { filters: input.Filters, context },
    );
    const page = paginate(found, {
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
      invalidTokenCode: 'InvalidNextToken',
    });
    return { Tags: page.items, ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }) };
  },
});

function allTags(state: Ec2State) {
  return [...state.tags].flatMap(([ResourceId, tags]) =>
    [...tags].map(([Key, Value]) => ({
      Key,
      Value,
      ResourceId,
      ResourceType: kindOf(ResourceId)?.resourceType ?? '',
    })),
  );
}
