import type { JsonObject } from '../../../../service.ts';
import { autoScalingOperation, describePage, filters, invalid, pageInput } from '../autoscaling-operation.ts';
import { viewGroupTags } from '../groups.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeTags.html */
export const describeTags = autoScalingOperation({
  input: { Filters: filters, ...pageInput },
  run: ({ Filters, ...page }, { state }) => {
    const found = [...state.autoscaling.groups.values()]
      .flatMap((group) => viewGroupTags(group))
      .filter((tag) => Filters.every(({ Name, Values }) => Values.includes(tagMember(Name, tag))));
    return describePage('Tags', found, page);
  },
});

const MEMBERS: Readonly<Record<string, string>> = {
  'auto-scaling-group': 'ResourceId',
  key: 'Key',
  value: 'Value',
  'propagate-at-launch': 'PropagateAtLaunch',
};

function tagMember(filter: string, tag: JsonObject): string {
  const member = Object.hasOwn(MEMBERS, filter) ? MEMBERS[filter] : undefined;
  if (member === undefined) throw invalid(`Filter type ${filter} is not correct.`);
  return String(tag[member]);
}
