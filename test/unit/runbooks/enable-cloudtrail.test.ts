import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { CONTEXT, stepsOf } from '../local/ssm/automation/support.ts';
import { allow, bucketPolicy, KEY_POLICY, ownerStatement, policy } from './cloudtrail-policies.ts';
import {
  ACCOUNTS,
  changesOf,
  type RunbookStack,
  refusing,
  runbookStack,
  type TriedAccount,
} from './support.ts';

describe.each(ACCOUNTS)('Remediator-EnableCloudTrail, $name', ({ name, skipped, start }) => {
  describe.skipIf(skipped)('', () => {
    let running: TriedAccount;
    let stack: RunbookStack;
    let trail: string;
    let bucket: string;
    let keyArn: string;
    // The account in memory is in no organization.
    const inOrganization = name !== 'in memory';
    // How it fails has nothing to do with the account, and moto takes 2 s to empty.
    const failing = it.skipIf(inOrganization);

    beforeAll(async () => {
      running = await start();
    }, 40_000);
    afterAll(() => running[Symbol.asyncDispose]());
    beforeEach(async () => {
      await running.reset();
      stack = runbookStack(running.account);
      trail = `trail-${randomUUID()}`;
      bucket = `bucket-${randomUUID()}`;
      await stack.call('s3', 'CreateBucket', { Bucket: bucket });
      await stack.call('s3', 'PutBucketPolicy', { Bucket: bucket, Policy: bucketPolicy(bucket) });
      keyArn = await createKey();
    });

    const createKey = async (Policy = KEY_POLICY): Promise<string> => {
      const { KeyMetadata } = await stack.call('kms', 'CreateKey', { Policy });
      return String((KeyMetadata as JsonObject).Arn);
    };
    const run = (more: Record<string, string> = {}) =>
      stack.run('Remediator-EnableCloudTrail', {
        CloudTrailName: trail,
        CloudTrailS3BucketName: bucket,
        CloudTrailKmsKeyId: keyArn,
        ...(inOrganization ? {} : { IsOrganizationTrail: 'false' }),
        ...more,
      });
    const cloudtrail = (operation: string, input: JsonObject = {}) =>
      stack.call('cloudtrail', operation, { Name: trail, ...input });
    const createTrail = (more: JsonObject = {}) =>
      cloudtrail('CreateTrail', { S3BucketName: bucket, ...more });
    const selectors = () => stack.call('cloudtrail', 'GetEventSelectors', { TrailName: trail });
    const expectRight = async () => {
      expect((await cloudtrail('GetTrail')).Trail).toMatchObject({
        Name: trail,
        S3BucketName: bucket,
        KmsKeyId: keyArn,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        LogFileValidationEnabled: true,
        IsOrganizationTrail: inOrganization,
      });
      expect(await cloudtrail('GetTrailStatus')).toMatchObject({ IsLogging: true });
      expect((await selectors()).EventSelectors).toMatchObject([
        { ReadWriteType: 'All', IncludeManagementEvents: true },
      ]);
    };

    it('makes a trail that was deleted', async () => {
      const execution = await run();
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      await expectRight();
      expect(changesOf(stack.account).slice(0, 1)).toEqual(['cloudtrail:CreateTrail']);
    });

    it('starts a trail that was stopped', async () => {
      await createTrail({ KmsKeyId: keyArn, IsMultiRegionTrail: true, EnableLogFileValidation: true });
      await cloudtrail('StartLogging');
      await cloudtrail('StopLogging');
      const execution = await run();
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      await expectRight();
    });

    it('mends a trail of one region, with another key, without validation and read events, and keeps its data events', async () => {
      await createTrail({ KmsKeyId: await createKey(), IncludeGlobalServiceEvents: false });
      const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::payroll/'] }];
      await stack.call('cloudtrail', 'PutEventSelectors', {
        TrailName: trail,
        EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, DataResources }],
      });
      const execution = await run();
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      await expectRight();
      expect((await selectors()).EventSelectors).toMatchObject([{ DataResources }]);
    });

    it('adds management events to advanced selectors, and keeps the others', async () => {
      await createTrail();
      const data = {
        Name: 'data',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        ],
      };
      const writes = {
        Name: 'writes',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Management'] },
          { Field: 'readOnly', Equals: ['false'] },
        ],
      };
      await stack.call('cloudtrail', 'PutEventSelectors', {
        TrailName: trail,
        AdvancedEventSelectors: [data, writes],
      });
      const execution = await run();
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      expect((await selectors()).AdvancedEventSelectors).toMatchObject([
        data,
        { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
      ]);
      const again = await run();
      expect(again.Outputs['CompleteEventSelectors.Kind']).toEqual(['complete']);
    });

    it('takes an alias, and what of the trail is to be false', async () => {
      const AliasName = `alias/${randomUUID()}`;
      await stack.call('kms', 'CreateAlias', { AliasName, TargetKeyId: keyArn });
      const execution = await run({
        CloudTrailKmsKeyId: AliasName,
        IsOrganizationTrail: 'false',
        IsMultiRegionTrail: 'false',
      });
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      expect((await cloudtrail('GetTrail')).Trail).toMatchObject({
        KmsKeyId: keyArn,
        IsOrganizationTrail: false,
        IsMultiRegionTrail: false,
      });
    });

    it.skipIf(inOrganization)('says where the account is in no organization', async () => {
      const execution = await run({ IsOrganizationTrail: 'true' });
      expect(execution.FailureMessage).toContain('OrganizationsNotInUseException');
    });

    it('leaves all as it is when it runs twice', async () => {
      await run();
      const before = await Promise.all([cloudtrail('GetTrail'), selectors()]);
      const again = await run();
      expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
      expect(stepsOf(again)).not.toMatch(/(CreateTrail|PutEventSelectors)=Success/);
      expect(await Promise.all([cloudtrail('GetTrail'), selectors()])).toEqual(before);
    });

    failing('says what the bucket policy lacks, before it changes anything', async () => {
      await stack.call('s3', 'PutBucketPolicy', {
        Bucket: bucket,
        Policy: policy(allow('s3:GetBucketAcl', `arn:aws:s3:::${bucket}`)),
      });
      const execution = await run();
      expect(execution.AutomationExecutionStatus).toBe('Failed');
      expect(execution.FailureMessage).toContain(
        `Add to the policy of the bucket ${bucket}: {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::${bucket}/AWSLogs/${CONTEXT.accountId}/*"}`,
      );
      expect(execution.FailureMessage).not.toContain('s3:GetBucketAcl');
      expect(changesOf(stack.account)).toEqual([]);
    });

    failing('says what to write into the policy that a bucket does not have', async () => {
      await stack.call('s3', 'DeleteBucketPolicy', { Bucket: bucket });
      const execution = await run();
      expect(execution.AutomationExecutionStatus).toBe('Failed');
      expect(execution.FailureMessage).toMatch(
        /CloudTrail needs these statements in it: .*s3:GetBucketAcl.*s3:PutObject/s,
      );
      expect(stepsOf(execution)).toMatch(/GetBucketPolicy=Failed .* ExplainBucketPolicy=Failed/);
      expect(changesOf(stack.account)).toEqual([]);
    });

    failing('says what the key policy lacks', async () => {
      const other = await createKey(policy(ownerStatement));
      const execution = await run({ CloudTrailKmsKeyId: other });
      expect(execution.FailureMessage).toContain(`to the policy of the key ${other}: {"Effect": "Allow"`);
      expect(execution.FailureMessage).toContain('kms:GenerateDataKey*');
      expect(changesOf(stack.account)).toEqual([]);
    });

    failing('refuses a key that is disabled, and one that does not exist', async () => {
      await stack.call('kms', 'DisableKey', { KeyId: keyArn });
      const disabled = await run();
      expect(disabled.FailureMessage).toContain(`The key ${keyArn} is Disabled; it has to be Enabled.`);
      const missing = await run({ CloudTrailKmsKeyId: 'alias/none' });
      expect(missing.FailureMessage).toContain('(NotFoundException) when calling the DescribeKey operation');
      expect(changesOf(stack.account)).toEqual([]);
    });

    failing.each(['CreateTrail', 'StartLogging'])(
      'fails where %s is refused, and succeeds when it runs again',
      async (operation) => {
        stack.account.interfere = (call) => refusing(operation)(call);
        expect((await run()).AutomationExecutionStatus).toBe('Failed');
        stack.account.interfere = () => undefined;
        const again = await run();
        expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
        await expectRight();
      },
    );

    failing('does not take a start on trust', async () => {
      stack.account.interfere = ({ operation }) => (operation === 'StartLogging' ? {} : undefined);
      const execution = await run();
      expect(execution.AutomationExecutionStatus).toBe('Failed');
      expect(execution.FailureMessage).toMatch(/'False' from the API output.*\$\.IsLogging/);
    });
  });
});
