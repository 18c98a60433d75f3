import { flag, texts } from '../../input.ts';
import { autoScalingOperation, describePage, filters, invalid, pageInput } from '../autoscaling-operation.ts';
import { viewGroup } from '../groups.ts';
import type { GroupRecord } from '../state.ts';

/**
 * Names that name nothing are left out, as in AWS.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html
 */
export const describeAutoScalingGroups = autoScalingOperation({
  input: {
    AutoScalingGroupNames: texts.default([]),
    IncludeInstances: flag.default(true),
    Filters: filters,
    ...pageInput,
  },
  run: ({ AutoScalingGroupNames: names, IncludeInstances, Filters, ...page }, context) => {
    const found = [...context.state.autoscaling.groups.values()]
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .filter((group) => Filters.every((filter) => matches(group, filter)))
      .map((group) => ({ ...viewGroup(group, context), ...(IncludeInstances ? {} : { Instances: [] }) }));
    return describePage('AutoScalingGroups', found, page);
  },
});

function matches(
  { tags }: GroupRecord,
  { Name, Values }: { Name: string; Values: readonly string[] },
): boolean {
  if (Name === 'tag-key') return Values.some((key) => tags.has(key));
  if (Name === 'tag-value') return [...tags.values()].some(({ value }) => Values.includes(value));
  if (Name.startsWith('tag:')) {
    const value = tags.get(Name.slice('tag:'.length))?.value;
    return value !== undefined && Values.includes(value);
  }
  throw invalid(`Filter name ${Name} is not valid.`);
}
