import { expect } from 'vitest';
import { newLogBucket, withTrail } from './cloudtrail.ts';
import { type Contract, listAt, refuses, textAt, unique } from './contract.ts';
import { newBucket } from './s3.ts';

export function cloudTrails(contract: Contract): void {
  const { cloudtrail, test } = contract;

  test('A trail is created, shown and deleted', async () => {
    const [Name, S3BucketName] = [unique('trail'), await newLogBucket(contract)];
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
    const S3BucketName = await newLogBucket(contract);
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
    for (const S3BucketName of [
      await newBucket(contract),
      await newLogBucket(contract, 'elsewhere/AWSLogs'),
    ]) {
      await refuses(cloudtrail('CreateTrail', { Name, S3BucketName }), 'InsufficientS3BucketPolicyException');
    }
    const S3BucketName = await newLogBucket(contract, 'elsewhere/AWSLogs');
    await cloudtrail('CreateTrail', { Name, S3BucketName, S3KeyPrefix: 'elsewhere' });
    await cloudtrail('DeleteTrail', { Name });
  });

  test('CreateTrail refuses a name that is taken', async () => {
    await withTrail(contract, {}, async ({ name, bucket }) => {
      const input = { Name: name, S3BucketName: bucket };
      await refuses(cloudtrail('CreateTrail', input), 'TrailAlreadyExistsException');
    });
  });

  test('A trail of all regions includes the events of global services', async () => {
    const flags = { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false };
    const input = { Name: unique('trail'), S3BucketName: await newLogBucket(contract), ...flags };
    await refuses(cloudtrail('CreateTrail', input), 'InvalidParameterCombinationException');
  });

  test('A trail logs from StartLogging to StopLogging', async () => {
    await withTrail(contract, {}, async ({ name: Name }) => {
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
}
