import { ACCOUNT_ID, REGION } from '../../place.ts';
import type { Narrator } from '../console.ts';
import type { World } from '../world.ts';

const RULE = 'cloudtrail-enabled';
const RUNBOOK = 'Remediator-EnableCloudTrail';
const TRAIL = 'demo-trail';
const BUCKET = 'demo-trail-logs';

/** USE-CASE U3: CloudTrail is switched off, and on again the right way. */
export async function tellCloudTrail(world: World, narrator: Narrator): Promise<void> {
  const keyId = await prepare(world);
  narrator.chapter('Somebody stops the trail');
  narrator.step(`The trail ${TRAIL} is recording; its bucket and its key let CloudTrail in.`);
  await world.putMapping({
    checkName: RULE,
    ssmAutomationDocument: RUNBOOK,
    automationParameters: JSON.stringify({
      CloudTrailName: [TRAIL],
      CloudTrailS3BucketName: [BUCKET],
      CloudTrailKmsKeyId: [keyId],
      IsOrganizationTrail: ['false'],
      AssumeRole: [`arn:aws:iam::${ACCOUNT_ID}:role/remediator/enable-cloudtrail`],
    }),
    regexPattern: '.+',
    automationStatus: true,
  });
  narrator.step(`put-item: the Config rule ${RULE} is mapped to ${RUNBOOK}.`);
  await world.call('cloudtrail', 'StopLogging', { Name: TRAIL });
  narrator.step('stop-logging: the trail records nothing any more.');
  await judge(world, 'NON_COMPLIANT');
  narrator.step(`put-events: AWS Config finds ${RULE} NON_COMPLIANT.`);
  await expectRecording(world, narrator);

  narrator.chapter('Somebody deletes the trail');
  await judge(world, 'COMPLIANT');
  narrator.step(`put-events: ${RULE} is COMPLIANT again.`);
  await world.call('cloudtrail', 'DeleteTrail', { Name: TRAIL });
  narrator.step('delete-trail: the trail is gone.');
  await judge(world, 'NON_COMPLIANT');
  narrator.step(`put-events: AWS Config finds ${RULE} NON_COMPLIANT.`);
  await expectRecording(world, narrator);
  const runs = (await world.executions()).filter(
    ({ AutomationExecutionStatus }) => AutomationExecutionStatus === 'Success',
  );
  narrator.expect(runs.length === 2, `${RUNBOOK} succeeded ${runs.length} times, once for each episode`);
}

async function expectRecording(world: World, narrator: Narrator): Promise<void> {
  const { trailList: [trail] = [] } = await world.call('cloudtrail', 'DescribeTrails', {
    trailNameList: [TRAIL],
  });
  const status = trail && (await world.call('cloudtrail', 'GetTrailStatus', { Name: TRAIL }));
  narrator.expect(status?.IsLogging === true, `${TRAIL} is recording`);
  narrator.expect(trail?.IsMultiRegionTrail === true, 'it records every region');
  narrator.expect(trail?.LogFileValidationEnabled === true, 'its log files can be validated');
  narrator.expect(Boolean(trail?.KmsKeyId), 'its log files are encrypted with the KMS key');
  const opsItem = await world.opsItemOf(ACCOUNT_ID);
  narrator.expect(opsItem?.Status === 'Resolved', `the OpsItem ${opsItem?.OpsItemId} is ${opsItem?.Status}`);
}

/** AWS Config's judgement of the account: the rule is about no single resource. */
async function judge(world: World, complianceType: string): Promise<void> {
  await world.putAndWait({
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      configRuleName: RULE,
      resourceId: ACCOUNT_ID,
      resourceType: 'AWS::::Account',
      awsRegion: REGION,
      awsAccountId: ACCOUNT_ID,
      newEvaluationResult: { complianceType, resultRecordedTime: new Date().toISOString() },
    },
  });
}

/** A bucket, a key and a trail as they should be. @returns the key's ID */
async function prepare(world: World): Promise<string> {
  const service = { Service: 'cloudtrail.amazonaws.com' };
  const bucket = `arn:aws:s3:::${BUCKET}`;
  const policy = (Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  await world.call('s3', 'CreateBucket', { Bucket: BUCKET });
  await world.call('s3', 'PutBucketPolicy', {
    Bucket: BUCKET,
    Policy: policy([
      { Effect: 'Allow', Principal: service, Action: 's3:GetBucketAcl', Resource: bucket },
      {
        Effect: 'Allow',
        Principal: service,
        Action: 's3:PutObject',
        Resource: `${bucket}/AWSLogs/${ACCOUNT_ID}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ]),
  });
  const { KeyMetadata } = await world.call('kms', 'CreateKey', {
    Description: 'Encrypts the trail of the demo',
  });
  await world.call('kms', 'PutKeyPolicy', {
    KeyId: KeyMetadata.KeyId,
    PolicyName: 'default',
    Policy: policy([
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Principal: service,
        Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
      },
    ]),
  });
  await world.call('cloudtrail', 'CreateTrail', {
    Name: TRAIL,
    S3BucketName: BUCKET,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
    KmsKeyId: KeyMetadata.Arn,
  });
  await world.call('cloudtrail', 'StartLogging', { Name: TRAIL });
  return KeyMetadata.KeyId;
}
