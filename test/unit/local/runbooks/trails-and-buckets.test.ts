import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/service.ts';
import { CONTEXT } from '../ssm/automation/support.ts';
import { at, type Bench, ROLE, stepsThat, textAt } from './stand-in.ts';
import { TARGETS } from './targets.ts';

const BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

let names = 0;

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(target.name, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    const unique = (prefix: string) => {
      names += 1;
      return `${prefix}-${names}`;
    };
    const newBucket = async () => {
      const Bucket = unique('runbooks-bucket');
      await bench.call('s3', 'CreateBucket', { Bucket });
      return Bucket;
    };
    const blockOf = async (Bucket: string) =>
      at(await bench.call('s3', 'GetPublicAccessBlock', { Bucket }), 'PublicAccessBlockConfiguration');
    const asRole = (name: string, parameters: JsonObject) =>
      bench.run(name, { AutomationAssumeRole: [ROLE], ...parameters });

    /** A bucket that CloudTrail may write to. */
    const newTrailBucket = async () => {
      const Bucket = await newBucket();
      const Principal = { Service: 'cloudtrail.amazonaws.com' };
      await bench.call('s3', 'PutBucketPolicy', {
        Bucket,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${Bucket}` },
            {
              Effect: 'Allow',
              Principal,
              Action: 's3:PutObject',
              Resource: `arn:aws:s3:::${Bucket}/*`,
              Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
            },
          ],
        }),
      });
      return Bucket;
    };
    const trail = async (Name: string) => at(await bench.call('cloudtrail', 'GetTrail', { Name }), 'Trail');
    const newTrail = async () => {
      const Name = unique('trail');
      await bench.call('cloudtrail', 'CreateTrail', { Name, S3BucketName: await newTrailBucket() });
      return Name;
    };
    const isLogging = async (Name: string) =>
      at(await bench.call('cloudtrail', 'GetTrailStatus', { Name }), 'IsLogging');

    describe('AWS-DisableS3BucketPublicReadWrite', () => {
      it('blocks public access, also where it is blocked', async () => {
        const bucket = await newBucket();
        for (const _time of ['first', 'second']) {
          const execution = await bench.run('AWS-DisableS3BucketPublicReadWrite', { S3BucketName: [bucket] });
          expect(execution.AutomationExecutionStatus).toBe('Success');
        }
        expect(await blockOf(bucket)).toEqual(BLOCKED);
      });

      it('fails for a bucket that is not there', async () => {
        const execution = await bench.run('AWS-DisableS3BucketPublicReadWrite', {
          S3BucketName: ['no-such-bucket-1'],
        });
        expect(execution.FailureMessage).toContain('NoSuchBucket');
      });
    });

    describe('AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock', () => {
      const run = (bucket: string, more: JsonObject = {}) =>
        asRole('AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock', { BucketName: [bucket], ...more });

      it('sets all four, or what the parameters say', async () => {
        const bucket = await newBucket();
        expect((await run(bucket)).AutomationExecutionStatus).toBe('Success');
        expect(await blockOf(bucket)).toEqual(BLOCKED);
        const execution = await run(bucket, { BlockPublicPolicy: ['false'] });
        expect(execution.AutomationExecutionStatus).toBe('Success');
        expect(await blockOf(bucket)).toEqual({ ...BLOCKED, BlockPublicPolicy: false });
      });

      it('fails where a setting does not hold, and for a bucket that is not there', async () => {
        const bucket = await newBucket();
        bench.answers.set('s3:GetPublicAccessBlock', () => ({
          PublicAccessBlockConfiguration: { ...BLOCKED, IgnorePublicAcls: false },
        }));
        const execution = await run(bucket);
        bench.answers.clear();
        expect(stepsThat(execution, 'Failed')).toEqual(['VerifyIgnorePublicAcls']);
        expect((await run('no-such-bucket-1')).FailureMessage).toContain('NoSuchBucket');
      });
    });

    describe('AWS-EnableCloudTrail', () => {
      it('creates a trail and starts it; it can do so once (moto lets it twice)', async () => {
        const parameters = { S3BucketName: [await newTrailBucket()], TrailName: [unique('enabled')] };
        const first = await bench.run('AWS-EnableCloudTrail', parameters);
        expect(first.AutomationExecutionStatus).toBe('Success');
        expect(await isLogging(textAt(parameters.TrailName, 0))).toBe(true);
        const second = await bench.run('AWS-EnableCloudTrail', parameters);
        if (!target.isMoto) expect(second.FailureMessage).toContain('TrailAlreadyExistsException');
      });

      it('fails for a bucket that is not there', async () => {
        const execution = await bench.run('AWS-EnableCloudTrail', {
          S3BucketName: ['no-such-bucket-1'],
          TrailName: [unique('enabled')],
        });
        expect(execution.FailureMessage).toContain('S3BucketDoesNotExistException');
      });
    });

    describe('AWSConfigRemediation-CreateCloudTrailMultiRegionTrail', () => {
      const run = (parameters: JsonObject) =>
        asRole('AWSConfigRemediation-CreateCloudTrailMultiRegionTrail', parameters);

      it.each([[''], ['logs']])(
        'creates a trail for all regions, with the key prefix "%s"',
        async (prefix) => {
          const name = unique('everywhere');
          const execution = await run({
            BucketName: [await newTrailBucket()],
            TrailName: [name],
            ...(prefix === '' ? {} : { KeyPrefix: [prefix] }),
          });
          expect(execution.AutomationExecutionStatus).toBe('Success');
          expect(await trail(name)).toMatchObject({
            IsMultiRegionTrail: true,
            ...(prefix === '' ? {} : { S3KeyPrefix: prefix }),
          });
          expect(await isLogging(name)).toBe(true);
        },
      );

      it('fails for a bucket that is not there', async () => {
        const execution = await run({ BucketName: ['no-such-bucket-1'], TrailName: [unique('everywhere')] });
        expect(execution.FailureMessage).toContain('S3BucketDoesNotExistException');
      });
    });

    describe('AWSConfigRemediation-EnableCloudTrailLogFileValidation', () => {
      const run = (name: string) =>
        asRole('AWSConfigRemediation-EnableCloudTrailLogFileValidation', { TrailName: [name] });

      it('switches it on, also where it is on', async () => {
        const name = await newTrail();
        for (const _time of ['first', 'second']) {
          expect((await run(name)).AutomationExecutionStatus).toBe('Success');
        }
        expect(at(await trail(name), 'LogFileValidationEnabled')).toBe(true);
      });

      it('fails for a trail that is not there', async () => {
        expect((await run('no-such-trail')).FailureMessage).toContain('TrailNotFoundException');
      });
    });

    describe('AWSConfigRemediation-EnableCloudTrailEncryptionWithKMS', () => {
      const run = (name: string, key: string) =>
        asRole('AWSConfigRemediation-EnableCloudTrailEncryptionWithKMS', {
          TrailName: [name],
          KMSKeyId: [key],
        });
      const newKey = async () =>
        textAt(
          await bench.call('kms', 'CreateKey', {
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: `arn:aws:iam::${CONTEXT.accountId}:root` },
                  Action: 'kms:*',
                  Resource: '*',
                },
                {
                  Effect: 'Allow',
                  Principal: { Service: 'cloudtrail.amazonaws.com' },
                  Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
                  Resource: '*',
                },
              ],
            }),
          }),
          'KeyMetadata',
          'Arn',
        );

      it('encrypts with a key, by its ARN, and fails for one that is not there', async () => {
        const [name, key] = [await newTrail(), await newKey()];
        for (const _time of ['first', 'second']) {
          expect((await run(name, key)).AutomationExecutionStatus).toBe('Success');
        }
        expect(at(await trail(name), 'KmsKeyId')).toBe(key);
        const missing = key.replace(/[^/]+$/, '00000000-0000-0000-0000-000000000000');
        expect((await run(name, missing)).AutomationExecutionStatus).toBe('Failed');
      });

      it('fails for a trail that is not there', async () => {
        expect((await run('no-such-trail', await newKey())).FailureMessage).toContain(
          'TrailNotFoundException',
        );
      });
    });
  });
}
