import type { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag, text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { assertDeliverable, requireEncryptionKey } from './destinations.ts';
import type { TrailRecord } from './state.ts';
import { trailArn } from './trail-operation.ts';

/** The settings that CreateTrail and UpdateTrail take. */
export const settingsInput = {
  S3KeyPrefix: text.optional(),
  SnsTopicName: text.optional(),
  IncludeGlobalServiceEvents: flag.optional(),
  IsMultiRegionTrail: flag.optional(),
  EnableLogFileValidation: flag.optional(),
  CloudWatchLogsLogGroupArn: text.optional(),
  CloudWatchLogsRoleArn: text.optional(),
  KmsKeyId: text.optional(),
  IsOrganizationTrail: flag.optional(),
};

type Settings = { readonly S3BucketName?: string | undefined } & z.output<z.ZodObject<typeof settingsInput>>;

/**
 * A trail as it would be with new settings; what they do not name stays. An empty text takes a setting away.
 * @throws AwsError of what CloudTrail checks: bucket, key, log group, flags
 */
export function withSettings(trail: TrailRecord, input: Settings, context: MemoryContext): TrailRecord {
  assertNoOrganization(input.IsOrganizationTrail);
  const arn = trailArn(trail, context.accountId);
  const changed: TrailRecord = {
    ...trail,
    s3BucketName: input.S3BucketName ?? trail.s3BucketName,
    s3KeyPrefix: chosen(input.S3KeyPrefix, trail.s3KeyPrefix),
    snsTopicArn: chosen(toTopicArn(input.SnsTopicName, trail, context.accountId), trail.snsTopicArn),
    includeGlobalServiceEvents: input.IncludeGlobalServiceEvents ?? trail.includeGlobalServiceEvents,
    isMultiRegion: input.IsMultiRegionTrail ?? trail.isMultiRegion,
    logFileValidation: input.EnableLogFileValidation ?? trail.logFileValidation,
    cloudWatchLogsLogGroupArn: chosen(input.CloudWatchLogsLogGroupArn, trail.cloudWatchLogsLogGroupArn),
    cloudWatchLogsRoleArn: chosen(input.CloudWatchLogsRoleArn, trail.cloudWatchLogsRoleArn),
    kmsKeyId: input.KmsKeyId
      ? requireEncryptionKey(input.KmsKeyId, arn, context)
      : chosen(input.KmsKeyId, trail.kmsKeyId),
  };
  if (changed.isMultiRegion && !changed.includeGlobalServiceEvents) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      'Multi-Region trail must include global service events.',
    );
  }
  assertLogGroup(changed);
  const delivery = { bucketName: changed.s3BucketName, prefix: changed.s3KeyPrefix, trailArn: arn };
  assertDeliverable(delivery, context);
  return changed;
}

function chosen(asked: string | undefined, current: string | undefined): string | undefined {
  return asked === undefined ? current : asked || undefined;
}

/** The account of this laptop is in no organization. */
function assertNoOrganization(isOrganizationTrail: boolean | undefined): void {
  if (!isOrganizationTrail) return;
  throw new AwsError(
    'OrganizationsNotInUseException',
    'Your account is not a member of an organization. To create an organization trail, sign in as its management account.',
  );
}

function toTopicArn(
  name: string | undefined,
  { region }: TrailRecord,
  accountId: string,
): string | undefined {
  if (!name || name.startsWith('arn:')) return name;
  if (/^[A-Za-z0-9_-]{1,256}$/.test(name)) return `arn:aws:sns:${region}:${accountId}:${name}`;
  throw new AwsError('InvalidSnsTopicNameException', `SNS Topic name ${name} is not valid.`);
}

function assertLogGroup({
  cloudWatchLogsLogGroupArn: group,
  cloudWatchLogsRoleArn: role,
}: TrailRecord): void {
  if (group !== undefined && !/^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:[^:]+:\*$/.test(group)) {
    throw new AwsError(
      'InvalidCloudWatchLogsLogGroupArnException',
      'CloudTrail cannot validate the specified log group ARN.',
    );
  }
  const isRole = role === undefined || /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(role);
  if (!isRole || (group === undefined) !== (role === undefined)) {
    throw new AwsError(
      group === undefined
        ? 'InvalidCloudWatchLogsLogGroupArnException'
        : 'InvalidCloudWatchLogsRoleArnException',
      'A log group and a role that may write to it go together.',
    );
  }
}
