import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { grantee } from '../acl.ts';
import { bucketOperation } from '../s3-operation.ts';

const loggingEnabled = z.strictObject({
  TargetBucket: text,
  TargetPrefix: text,
  TargetGrants: z
    .array(z.strictObject({ Grantee: grantee, Permission: z.enum(['FULL_CONTROL', 'READ', 'WRITE']) }))
    .optional(),
  TargetObjectKeyFormat: z
    .strictObject({
      SimplePrefix: z.strictObject({}).optional(),
      PartitionedPrefix: z
        .strictObject({ PartitionDateSource: z.enum(['EventTime', 'DeliveryTime']).optional() })
        .optional(),
    })
    .optional(),
});

/**
 * Without LoggingEnabled, it is switched off. No logs are delivered here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 */
export const putBucketLogging = bucketOperation({
  input: { BucketLoggingStatus: z.strictObject({ LoggingEnabled: loggingEnabled.optional() }) },
  hasDocument: true,
  run: (bucket, { BucketLoggingStatus: { LoggingEnabled } }, { state }) => {
    if (LoggingEnabled) {
      const target = state.s3.buckets.get(LoggingEnabled.TargetBucket);
      if (target === undefined) {
        throw new AwsError('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist', {
          details: { TargetBucket: LoggingEnabled.TargetBucket },
        });
      }
      if (target.region !== bucket.region) {
        throw new AwsError('CrossLocationLoggingProhibited', 'Cross S3 location logging not allowed.', {
          statusCode: 403,
        });
      }
    }
    bucket.logging = LoggingEnabled;
    return {};
  },
});
