import { flag, texts } from '../../input.ts';
import { viewActivity } from '../activities.ts';
import { autoScalingOperation, describePage, groupName, pageInput } from '../autoscaling-operation.ts';

/**
 * The newest first.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html
 */
export const describeScalingActivities = autoScalingOperation({
  input: {
    AutoScalingGroupName: groupName.optional(),
    ActivityIds: texts.default([]),
    IncludeDeletedGroups: flag.optional(),
    ...pageInput,
  },
  run: ({ AutoScalingGroupName, ActivityIds, IncludeDeletedGroups, ...page }, { state }) => {
    const { activities, groups } = state.autoscaling;
    const found = activities
      .filter(({ groupName: name }) => IncludeDeletedGroups || groups.has(name))
      .filter(({ groupName: name }) => AutoScalingGroupName === undefined || name === AutoScalingGroupName)
      .filter(({ activityId }) => ActivityIds.length === 0 || ActivityIds.includes(activityId))
      .reverse();
    return describePage(
      'Activities',
      found.map((activity) => viewActivity(activity, 'ended')),
      page,
    );
  },
});
