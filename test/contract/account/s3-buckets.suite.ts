import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, unique } from './contract.ts';
import { newBucket } from './s3.ts';

const MISSING = 'no-such-bucket-4f1c';

export function s3Buckets(contract: Contract): void {
  const { s3, test } = contract;

  test('CreateBucket makes a bucket that is listed', async () => {
    const Bucket = unique('bucket');
    expect((await s3('CreateBucket', { Bucket })).Location).toBe(`/${Bucket}`);
    await s3('HeadBucket', { Bucket });
    const { Buckets } = await s3('ListBuckets');
    const listed = listAt(Buckets).find((each) => at(each, 'Name') === Bucket);
    expect(at(listed, 'CreationDate')).toBeInstanceOf(Date);
  });

  test('CreateBucket in another region needs its name, and GetBucketLocation tells it', async () => {
    const eu = await newBucket(contract, {
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
    expect((await s3('GetBucketLocation', { Bucket: eu })).LocationConstraint).toBe('eu-west-1');
    const us = await newBucket(contract);
    expect((await s3('GetBucketLocation', { Bucket: us })).LocationConstraint).toBeUndefined();
    await refuses(
      s3('CreateBucket', {
        Bucket: unique('bucket'),
        CreateBucketConfiguration: { LocationConstraint: 'us-east-1' },
      }),
      'InvalidLocationConstraint',
    );
  });

  test('CreateBucket refuses names that are none', async () => {
    for (const Bucket of ['Upper-Case', 'ab', '192.168.5.4', 'two..dots', '-dash', 'a_b-c']) {
      await refuses(s3('CreateBucket', { Bucket }), 'InvalidBucketName');
    }
  });

  test('A bucket elsewhere that is there already is told', async () => {
    const input = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } };
    const Bucket = await newBucket(contract, input);
    await refuses(s3('CreateBucket', { Bucket, ...input }), 'BucketAlreadyOwnedByYou');
  });

  test('In us-east-1, creating a bucket again is no error and changes nothing', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutObject', { Bucket, Key: 'kept', Body: 'x' });
    await s3('CreateBucket', { Bucket });
    await s3('HeadObject', { Bucket, Key: 'kept' });
  });

  test('DeleteBucket deletes an empty bucket only', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutObject', { Bucket, Key: 'a', Body: 'x' });
    await refuses(s3('DeleteBucket', { Bucket }), 'BucketNotEmpty');
    await s3('DeleteObject', { Bucket, Key: 'a' });
    await s3('DeleteBucket', { Bucket });
    await refuses(s3('HeadBucket', { Bucket }), 'NotFound');
  });

  test('A bucket that does not exist is told by every operation', async () => {
    await refuses(s3('HeadBucket', { Bucket: MISSING }), 'NotFound');
    for (const operation of [
      'DeleteBucket',
      'GetBucketAcl',
      'GetBucketEncryption',
      'GetBucketLocation',
      'GetBucketLogging',
      'GetBucketPolicy',
      'GetBucketTagging',
      'GetBucketVersioning',
      'GetPublicAccessBlock',
      'ListObjectsV2',
    ]) {
      await refuses(s3(operation, { Bucket: MISSING }), 'NoSuchBucket');
    }
  });

  test('Versioning is kept', async () => {
    const Bucket = await newBucket(contract);
    expect((await s3('GetBucketVersioning', { Bucket })).Status).toBeUndefined();
    for (const Status of ['Enabled', 'Suspended']) {
      await s3('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
      expect((await s3('GetBucketVersioning', { Bucket })).Status).toBe(Status);
    }
  });

  test('PutBucketVersioning refuses a status that is none', async () => {
    const Bucket = await newBucket(contract);
    const versioning = (VersioningConfiguration: object) =>
      s3('PutBucketVersioning', { Bucket, VersioningConfiguration });
    await refuses(versioning({ Status: 'On' }), 'MalformedXML');
    await refuses(versioning({}), 'IllegalVersioningConfigurationException');
  });

  const algorithmOf = async (Bucket: string) => {
    const found = await s3('GetBucketEncryption', { Bucket });
    const rule = at(found, 'ServerSideEncryptionConfiguration', 'Rules', 0);
    return at(rule, 'ApplyServerSideEncryptionByDefault', 'SSEAlgorithm');
  };

  test("A bucket is encrypted by S3's own keys until others are chosen, and again without them", async () => {
    const Bucket = await newBucket(contract);
    expect(await algorithmOf(Bucket)).toBe('AES256');
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }];
    await s3('PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: { Rules } });
    await s3('DeleteBucketEncryption', { Bucket });
    expect(await algorithmOf(Bucket)).toBe('AES256');
  });

  test('The encryption of a bucket can be chosen', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutBucketEncryption', {
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true }],
      },
    });
    expect(await algorithmOf(Bucket)).toBe('aws:kms');
  });

  test('Tags are replaced as a whole, and none is an error', async () => {
    const Bucket = await newBucket(contract);
    await refuses(s3('GetBucketTagging', { Bucket }), 'NoSuchTagSet');
    for (const TagSet of [[{ Key: 'a', Value: '1' }], [{ Key: 'b', Value: '<&>"' }]]) {
      await s3('PutBucketTagging', { Bucket, Tagging: { TagSet } });
      expect((await s3('GetBucketTagging', { Bucket })).TagSet).toEqual(TagSet);
    }
    const twice = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ];
    await refuses(s3('PutBucketTagging', { Bucket, Tagging: { TagSet: twice } }), 'InvalidTag');
    await s3('DeleteBucketTagging', { Bucket });
    await refuses(s3('GetBucketTagging', { Bucket }), 'NoSuchTagSet');
  });

  test('GetResources and TagResources know buckets', async () => {
    const Bucket = await newBucket(contract);
    const ResourceARNList = [`arn:aws:s3:::${Bucket}`];
    const key = unique('key');
    await contract.tagging('TagResources', { ResourceARNList, Tags: { [key]: '1' } });
    expect((await s3('GetBucketTagging', { Bucket })).TagSet).toEqual([{ Key: key, Value: '1' }]);
    const found = await contract.tagging('GetResources', {
      TagFilters: [{ Key: key }],
      ResourceTypeFilters: ['s3'],
    });
    expect(at(found, 'ResourceTagMappingList', 0, 'ResourceARN')).toBe(ResourceARNList[0]);
    await contract.tagging('UntagResources', { ResourceARNList, TagKeys: [key] });
    await refuses(s3('GetBucketTagging', { Bucket }), 'NoSuchTagSet');
  });

  test('Access logs go to a bucket that exists, until they are switched off', async () => {
    const [Bucket, TargetBucket] = [await newBucket(contract), await newBucket(contract)];
    expect((await s3('GetBucketLogging', { Bucket })).LoggingEnabled).toBeUndefined();
    const principal = { Service: 'logging.s3.amazonaws.com' };
    const statement = {
      Effect: 'Allow',
      Principal: principal,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${TargetBucket}/*`,
    };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await s3('PutBucketPolicy', { Bucket: TargetBucket, Policy: policy });
    const LoggingEnabled = { TargetBucket, TargetPrefix: 'logs/' };
    await s3('PutBucketLogging', { Bucket, BucketLoggingStatus: { LoggingEnabled } });
    expect((await s3('GetBucketLogging', { Bucket })).LoggingEnabled).toMatchObject(LoggingEnabled);
    await s3('PutBucketLogging', { Bucket, BucketLoggingStatus: {} });
    expect((await s3('GetBucketLogging', { Bucket })).LoggingEnabled).toBeUndefined();
    await refuses(
      s3('PutBucketLogging', {
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: MISSING, TargetPrefix: '' } },
      }),
      'InvalidTargetBucketForLogging',
    );
  });
}
