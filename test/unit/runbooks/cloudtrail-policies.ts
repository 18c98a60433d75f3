import type { JsonObject } from '../../../local/service.ts';
import { CONTEXT } from '../local/ssm/automation/support.ts';

const ACCOUNT_ID = CONTEXT.accountId;

/** A statement that lets CloudTrail do something. */
export const allow = (Action: string | string[], Resource: string, more: JsonObject = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action,
  Resource,
  ...more,
});

export const policy = (...Statement: readonly JsonObject[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** Without it, KMS takes no policy: nobody could change the key any more. */
export const ownerStatement = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
  Action: 'kms:*',
  Resource: '*',
};

export const KEY_POLICY = policy(
  ownerStatement,
  allow('kms:GenerateDataKey*', '*'),
  allow('kms:DescribeKey', '*'),
);

export const bucketPolicy = (bucket: string) =>
  policy(
    allow('s3:GetBucketAcl', `arn:aws:s3:::${bucket}`),
    allow('s3:PutObject', `arn:aws:s3:::${bucket}/AWSLogs/${ACCOUNT_ID}/*`, {
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
