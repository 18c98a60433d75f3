import type { JsonObject } from '../../../service.ts';
import type { TrailRecord } from './state.ts';
import { trailArn } from './trail-operation.ts';

/** A trail as CreateTrail and UpdateTrail answer with it; what is not set is left out. */
export function viewTrail(trail: TrailRecord, accountId: string): JsonObject {
  const optional = {
    S3KeyPrefix: trail.s3KeyPrefix,
    SnsTopicName: trail.snsTopicArn?.split(':').at(-1),
    SnsTopicARN: trail.snsTopicArn,
    CloudWatchLogsLogGroupArn: trail.cloudWatchLogsLogGroupArn,
    CloudWatchLogsRoleArn: trail.cloudWatchLogsRoleArn,
    KmsKeyId: trail.kmsKeyId,
  };
  return {
    Name: trail.name,
    S3BucketName: trail.s3BucketName,
    IncludeGlobalServiceEvents: trail.includeGlobalServiceEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    TrailARN: trailArn(trail, accountId),
    LogFileValidationEnabled: trail.logFileValidation,
    IsOrganizationTrail: false,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** A trail as DescribeTrails and GetTrail show it. */
export function describeTrail(trail: TrailRecord, accountId: string): JsonObject {
  return {
    ...viewTrail(trail, accountId),
    HomeRegion: trail.region,
    HasCustomEventSelectors: trail.selectors !== undefined,
    HasInsightSelectors: false,
  };
}
