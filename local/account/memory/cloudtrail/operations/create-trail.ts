import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import type { TrailRecord } from '../state.ts';
import { assertTaggable, putTags, tagsList } from '../tags.ts';
import { assertTrailName } from '../trail-name.ts';
import { findTrail, trailArn, trailOperation } from '../trail-operation.ts';
import { settingsInput, withSettings } from '../trail-settings.ts';
import { viewTrail } from '../trail-view.ts';

const MAX_TRAILS = 5;

/**
 * The trail does not log until StartLogging.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const createTrail = trailOperation({
  input: { Name: text, S3BucketName: text, ...settingsInput, TagsList: tagsList.default([]) },
  run: ({ Name, TagsList, ...settings }, context) => {
    assertTrailName(Name);
    assertRoom(Name, context);
    assertTaggable(TagsList);
    const trail = withSettings(newTrail(Name, settings.S3BucketName, context.region), settings, context);
    putTags(trail, TagsList);
    context.state.cloudtrail.trails.set(trailArn(trail, context.accountId), trail);
    return viewTrail(trail, context.accountId);
  },
});

function newTrail(name: string, s3BucketName: string, region: string): TrailRecord {
  return {
    name,
    region,
    s3BucketName,
    s3KeyPrefix: undefined,
    snsTopicArn: undefined,
    includeGlobalServiceEvents: true,
    isMultiRegion: false,
    logFileValidation: false,
    cloudWatchLogsLogGroupArn: undefined,
    cloudWatchLogsRoleArn: undefined,
    kmsKeyId: undefined,
    isLogging: false,
    startedAt: undefined,
    stoppedAt: undefined,
    selectors: undefined,
    tags: undefined,
  };
}

function assertRoom(name: string, context: MemoryContext): void {
  const { state, accountId, region } = context;
  if (findTrail(name, context)) {
    throw new AwsError(
      'TrailAlreadyExistsException',
      `Trail ${name} already exists for customer: ${accountId}`,
    );
  }
  const here = [...state.cloudtrail.trails.values()].filter((trail) => trail.region === region);
  if (here.length >= MAX_TRAILS) {
    throw new AwsError(
      'MaximumNumberOfTrailsExceededException',
      `User: ${accountId} already has ${here.length} trails in ${region}.`,
    );
  }
}
