import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, textAt, unique } from './contract.ts';
import { newBucket } from './s3.ts';

/** The policy that CloudTrail's documentation asks for. */
function trailPolicy(bucket: string, folder = 'AWSLogs'): string {
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  const arn = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: principal, Action: 's3:GetBucketAcl', Resource: arn },
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:PutObject',
        Resource: `${arn}/${folder}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  });
}

export function cloudTrails(contract: Contract): void {
  const { cloudtrail, kms, s3, test } = contract;
  const newLogBucket = async (folder?: string) => {
    const Bucket = await newBucket(contract);
    await s3('PutBucketPolicy', { Bucket, Policy: trailPolicy(Bucket, folder) });
    return Bucket;
  };
  /** A trail that is taken away at the end: an account has five at most. */
  const withTrail = async (
    input: Readonly<Record<string, unknown>>,
    use: (trail: { name: string; arn: string; bucket: string }) => Promise<void>,
  ) => {
    const [name, bucket] = [unique('trail'), await newLogBucket()];
    const created = await cloudtrail('CreateTrail', { Name: name, S3BucketName: bucket, ...input });
    try {
      await use({ name, bucket, arn: textAt(created, 'TrailARN') });
    } finally {
      await cloudtrail('DeleteTrail', { Name: name });
    }
  };

  test('A trail is created, shown and deleted', async () => {
    const [Name, S3BucketName] = [unique('trail'), await newLogBucket()];
    const settings = { Name, S3BucketName, IncludeGlobalServiceEvents: true, IsMultiRegionTrail: true };
    const created = await cloudtrail('CreateTrail', {
      Name,
      S3BucketName,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    });
    const arn = textAt(created, 'TrailARN');
    expect(arn).toMatch(new RegExp(`^arn:aws:cloudtrail:us-east-1:\\d{12}:trail/${Name}$`));
    expect(created).toMatchObject({
      ...settings,
      LogFileValidationEnabled: true,
      IsOrganizationTrail: false,
    });
    for (const name of [Name, arn]) {
      expect((await cloudtrail('GetTrail', { Name: name })).Trail).toMatchObject({
        ...settings,
        TrailARN: arn,
        HasCustomEventSelectors: false,
      });
    }
    const described = await cloudtrail('DescribeTrails', { trailNameList: [Name] });
    expect(described.trailList).toMatchObject([{ ...settings, HomeRegion: 'us-east-1' }]);
    expect(listAt(await cloudtrail('ListTrails'), 'Trails')).toContainEqual({
      TrailARN: arn,
      Name,
      HomeRegion: 'us-east-1',
    });
    await cloudtrail('DeleteTrail', { Name });
    await refuses(cloudtrail('GetTrail', { Name }), 'TrailNotFoundException');
    expect((await cloudtrail('DescribeTrails', { trailNameList: [Name] })).trailList).toEqual([]);
  });

  test('A trail that does not exist is told', async () => {
    const Name = unique('no-trail');
    for (const operation of ['GetTrail', 'GetTrailStatus']) {
      await refuses(cloudtrail(operation, { Name }), 'TrailNotFoundException');
    }
  });

  test('A trail that does not exist is neither changed nor deleted', async () => {
    const Name = unique('no-trail');
    for (const operation of ['StartLogging', 'StopLogging', 'DeleteTrail', 'UpdateTrail']) {
      await refuses(cloudtrail(operation, { Name }), 'TrailNotFoundException');
    }
    for (const operation of ['GetEventSelectors', 'PutEventSelectors']) {
      await refuses(cloudtrail(operation, { TrailName: Name }), 'TrailNotFoundException');
    }
  });

  test('CreateTrail refuses names that are none', async () => {
    const S3BucketName = await newLogBucket();
    for (const Name of ['ab', '-trail', 'trail-', 'a trail', 'two--dashes']) {
      await refuses(cloudtrail('CreateTrail', { Name, S3BucketName }), 'InvalidTrailNameException');
    }
  });

  test('CreateTrail needs a bucket that exists', async () => {
    const input = { Name: unique('trail'), S3BucketName: 'no-such-bucket-4f1c' };
    await refuses(cloudtrail('CreateTrail', input), 'S3BucketDoesNotExistException');
  });

  test('CreateTrail needs a bucket that CloudTrail may write to', async () => {
    const Name = unique('trail');
    for (const S3BucketName of [await newBucket(contract), await newLogBucket('elsewhere/AWSLogs')]) {
      await refuses(cloudtrail('CreateTrail', { Name, S3BucketName }), 'InsufficientS3BucketPolicyException');
    }
    const S3BucketName = await newLogBucket('elsewhere/AWSLogs');
    await cloudtrail('CreateTrail', { Name, S3BucketName, S3KeyPrefix: 'elsewhere' });
    await cloudtrail('DeleteTrail', { Name });
  });

  test('CreateTrail refuses a name that is taken', async () => {
    await withTrail({}, async ({ name, bucket }) => {
      const input = { Name: name, S3BucketName: bucket };
      await refuses(cloudtrail('CreateTrail', input), 'TrailAlreadyExistsException');
    });
  });

  test('A trail of all regions includes the events of global services', async () => {
    const flags = { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false };
    const input = { Name: unique('trail'), S3BucketName: await newLogBucket(), ...flags };
    await refuses(cloudtrail('CreateTrail', input), 'InvalidParameterCombinationException');
  });

  test('A trail logs from StartLogging to StopLogging', async () => {
    await withTrail({}, async ({ name: Name }) => {
      expect(await cloudtrail('GetTrailStatus', { Name })).toMatchObject({ IsLogging: false });
      await cloudtrail('StartLogging', { Name });
      const started = await cloudtrail('GetTrailStatus', { Name });
      expect(started.IsLogging).toBe(true);
      expect(started.StartLoggingTime).toBeInstanceOf(Date);
      await cloudtrail('StopLogging', { Name });
      const stopped = await cloudtrail('GetTrailStatus', { Name });
      expect(stopped.IsLogging).toBe(false);
      expect(stopped.StopLoggingTime).toBeInstanceOf(Date);
    });
  });

  test('UpdateTrail changes what it names', async () => {
    await withTrail({}, async ({ name: Name, bucket }) => {
      await cloudtrail('UpdateTrail', { Name, IsMultiRegionTrail: true });
      const updated = await cloudtrail('UpdateTrail', { Name, EnableLogFileValidation: true });
      expect(updated).toMatchObject({
        S3BucketName: bucket,
        IsMultiRegionTrail: true,
        LogFileValidationEnabled: true,
      });
    });
  });

  test('UpdateTrail needs a bucket that exists, too', async () => {
    await withTrail({}, async ({ name: Name, bucket }) => {
      await refuses(
        cloudtrail('UpdateTrail', { Name, S3BucketName: 'no-such-bucket-4f1c' }),
        'S3BucketDoesNotExistException',
      );
      expect(at(await cloudtrail('GetTrail', { Name }), 'Trail', 'S3BucketName')).toBe(bucket);
    });
  });

  test('UpdateTrail refuses a key that does not exist', async () => {
    await withTrail({}, async ({ name: Name }) => {
      const KmsKeyId = '1a2b3c4d-0000-4000-8000-000000000000';
      await refuses(cloudtrail('UpdateTrail', { Name, KmsKeyId }), 'KmsKeyNotFoundException');
    });
  });

  test('UpdateTrail refuses a key that CloudTrail may not use, and takes one that it may', async () => {
    await withTrail({}, async ({ name: Name, arn }) => {
      const key = at(await kms('CreateKey'), 'KeyMetadata');
      const KmsKeyId = textAt(key, 'KeyId');
      await refuses(cloudtrail('UpdateTrail', { Name, KmsKeyId }), 'InsufficientEncryptionPolicyException');
      const { Policy } = await kms('GetKeyPolicy', { KeyId: KmsKeyId, PolicyName: 'default' });
      const policy = JSON.parse(String(Policy));
      policy.Statement.push({
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceArn': arn } },
      });
      await kms('PutKeyPolicy', {
        KeyId: KmsKeyId,
        PolicyName: 'default',
        Policy: JSON.stringify(policy),
      });
      expect((await cloudtrail('UpdateTrail', { Name, KmsKeyId })).KmsKeyId).toBe(textAt(key, 'Arn'));
    });
  });

  test('Event selectors are kept', async () => {
    await withTrail({}, async ({ name: TrailName, arn }) => {
      const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::bucket/'] }];
      const EventSelectors = [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, DataResources }];
      const put = await cloudtrail('PutEventSelectors', { TrailName, EventSelectors });
      expect(put).toMatchObject({ TrailARN: arn, EventSelectors });
      expect(await cloudtrail('GetEventSelectors', { TrailName })).toMatchObject({ EventSelectors });
    });
  });

  test('A trail tells that it has event selectors of its own', async () => {
    await withTrail({}, async ({ name: TrailName }) => {
      await cloudtrail('PutEventSelectors', { TrailName, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] });
      const { Trail } = await cloudtrail('GetTrail', { Name: TrailName });
      expect(at(Trail, 'HasCustomEventSelectors')).toBe(true);
    });
  });

  test('A new trail logs management events', async () => {
    await withTrail({}, async ({ name: TrailName }) => {
      const found = await cloudtrail('GetEventSelectors', { TrailName });
      expect(found).toMatchObject({
        EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
      });
    });
  });

  test('PutEventSelectors refuses what no trail can have', async () => {
    await withTrail({}, async ({ name: TrailName }) => {
      for (const input of [{}, { EventSelectors: [] }, { EventSelectors: Array(6).fill({}) }]) {
        await refuses(
          cloudtrail('PutEventSelectors', { TrailName, ...input }),
          'InvalidEventSelectorsException',
        );
      }
    });
  });

  test('Trails have tags', async () => {
    await withTrail({ TagsList: [{ Key: 'a', Value: '1' }] }, async ({ arn }) => {
      await cloudtrail('AddTags', { ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] });
      await cloudtrail('RemoveTags', { ResourceId: arn, TagsList: [{ Key: 'a' }] });
      const { ResourceTagList } = await cloudtrail('ListTags', { ResourceIdList: [arn] });
      expect(ResourceTagList).toEqual([{ ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] }]);
    });
  });

  test('GetResources and TagResources know trails', async () => {
    await withTrail({}, async ({ arn }) => {
      const key = unique('key');
      await contract.tagging('TagResources', { ResourceARNList: [arn], Tags: { [key]: '1' } });
      const found = await contract.tagging('GetResources', { TagFilters: [{ Key: key }] });
      expect(at(found, 'ResourceTagMappingList', 0, 'ResourceARN')).toBe(arn);
    });
  });
}
