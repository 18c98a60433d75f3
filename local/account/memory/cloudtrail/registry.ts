import type { MemoryOperation } from '../operation.ts';
import { addTags } from './operations/add-tags.ts';
import { createTrail } from './operations/create-trail.ts';
import { deleteTrail } from './operations/delete-trail.ts';
import { describeTrails } from './operations/describe-trails.ts';
import { getEventSelectors } from './operations/get-event-selectors.ts';
import { getTrail } from './operations/get-trail.ts';
import { getTrailStatus } from './operations/get-trail-status.ts';
import { listTags } from './operations/list-tags.ts';
import { listTrails } from './operations/list-trails.ts';
import { putEventSelectors } from './operations/put-event-selectors.ts';
import { removeTags } from './operations/remove-tags.ts';
import { startLogging } from './operations/start-logging.ts';
import { stopLogging } from './operations/stop-logging.ts';
import { updateTrail } from './operations/update-trail.ts';

/** What the in-memory account knows of CloudTrail. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export const cloudTrailOperations = {
  'cloudtrail.AddTags': addTags,
  'cloudtrail.CreateTrail': createTrail,
  'cloudtrail.DeleteTrail': deleteTrail,
  'cloudtrail.DescribeTrails': describeTrails,
  'cloudtrail.GetEventSelectors': getEventSelectors,
  'cloudtrail.GetTrail': getTrail,
  'cloudtrail.GetTrailStatus': getTrailStatus,
  'cloudtrail.ListTags': listTags,
  'cloudtrail.ListTrails': listTrails,
  'cloudtrail.PutEventSelectors': putEventSelectors,
  'cloudtrail.RemoveTags': removeTags,
  'cloudtrail.StartLogging': startLogging,
  'cloudtrail.StopLogging': stopLogging,
  'cloudtrail.UpdateTrail': updateTrail,
} as const satisfies Readonly<Record<`cloudtrail.${string}`, MemoryOperation>>;
