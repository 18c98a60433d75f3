import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import type { ActivityRecord, GroupRecord } from './state.ts';

/** AWS keeps six weeks of them; a laptop needs no more than this. */
const KEPT = 1000;

export interface NewActivity {
  readonly description: string;
  readonly cause: string;
  readonly failure?: string;
}

/** Writes down what was done to a group. */
export function recordActivity(
  group: GroupRecord,
  { description, cause, failure }: NewActivity,
  { state, clock, ids }: MemoryContext,
): ActivityRecord {
  const time = clock.now();
  const activity = {
    activityId: ids.uuid(),
    groupName: group.name,
    description,
    cause: `At ${time.toISOString().slice(0, 19)}Z ${cause}`,
    startTime: time,
    details: JSON.stringify({ 'Availability Zone': group.availabilityZones[0] }),
    failure,
  };
  state.autoscaling.activities.push(activity);
  state.autoscaling.activities.splice(0, state.autoscaling.activities.length - KEPT);
  return activity;
}

/** An activity: the answer to a call says that it is going on, and from the next call on it is over. */
export function viewActivity(activity: ActivityRecord, status: 'InProgress' | 'ended'): JsonObject {
  const ended = status === 'ended';
  return {
    ActivityId: activity.activityId,
    AutoScalingGroupName: activity.groupName,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: activity.startTime,
    ...(ended ? { EndTime: activity.startTime } : {}),
    StatusCode: ended ? (activity.failure === undefined ? 'Successful' : 'Failed') : 'InProgress',
    ...(activity.failure === undefined ? {} : { StatusMessage: activity.failure }),
    Progress: ended ? 100 : 50,
    Details: activity.details,
  };
}
