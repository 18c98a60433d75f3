import { expect } from 'vitest';
import { withTrail } from './cloudtrail.ts';
import { at, type Contract, refuses, textAt, unique } from './contract.ts';

export function trailSettings(contract: Contract): void {
  const { cloudtrail, kms, test } = contract;

  test('UpdateTrail changes what it names', async () => {
    await withTrail(contract, {}, async ({ name: Name, bucket }) => {
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
    await withTrail(contract, {}, async ({ name: Name, bucket }) => {
      await refuses(
        cloudtrail('UpdateTrail', { Name, S3BucketName: 'no-such-bucket-4f1c' }),
        'S3BucketDoesNotExistException',
      );
      expect(at(await cloudtrail('GetTrail', { Name }), 'Trail', 'S3BucketName')).toBe(bucket);
    });
  });

  test('UpdateTrail refuses a key that does not exist', async () => {
    await withTrail(contract, {}, async ({ name: Name }) => {
      const KmsKeyId = '1a2b3c4d-0000-4000-8000-000000000000';
      await refuses(cloudtrail('UpdateTrail', { Name, KmsKeyId }), 'KmsKeyNotFoundException');
    });
  });

  test('UpdateTrail refuses a key that CloudTrail may not use, and takes one that it may', async () => {
    await withTrail(contract, {}, async ({ name: Name, arn }) => {
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
    await withTrail(contract, {}, async ({ name: TrailName, arn }) => {
      const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::bucket/'] }];
      const EventSelectors = [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, DataResources }];
      const put = await cloudtrail('PutEventSelectors', { TrailName, EventSelectors });
      expect(put).toMatchObject({ TrailARN: arn, EventSelectors });
      expect(await cloudtrail('GetEventSelectors', { TrailName })).toMatchObject({ EventSelectors });
    });
  });

  test('A trail tells that it has event selectors of its own', async () => {
    await withTrail(contract, {}, async ({ name: TrailName }) => {
      await cloudtrail('PutEventSelectors', { TrailName, EventSelectors: [{ ReadWriteType: 'ReadOnly' }] });
      const { Trail } = await cloudtrail('GetTrail', { Name: TrailName });
      expect(at(Trail, 'HasCustomEventSelectors')).toBe(true);
    });
  });

  test('A new trail logs management events', async () => {
    await withTrail(contract, {}, async ({ name: TrailName }) => {
      const found = await cloudtrail('GetEventSelectors', { TrailName });
      expect(found).toMatchObject({
        EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
      });
    });
  });

  test('PutEventSelectors refuses what no trail can have', async () => {
    await withTrail(contract, {}, async ({ name: TrailName }) => {
      for (const input of [{}, { EventSelectors: [] }, { EventSelectors: Array(6).fill({}) }]) {
        await refuses(
          cloudtrail('PutEventSelectors', { TrailName, ...input }),
          'InvalidEventSelectorsException',
        );
      }
    });
  });

  test('Trails have tags', async () => {
    await withTrail(contract, { TagsList: [{ Key: 'a', Value: '1' }] }, async ({ arn }) => {
      await cloudtrail('AddTags', { ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] });
      await cloudtrail('RemoveTags', { ResourceId: arn, TagsList: [{ Key: 'a' }] });
      const { ResourceTagList } = await cloudtrail('ListTags', { ResourceIdList: [arn] });
      expect(ResourceTagList).toEqual([{ ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] }]);
    });
  });

  test('GetResources and TagResources know trails', async () => {
    await withTrail(contract, {}, async ({ arn }) => {
      const key = unique('key');
      await contract.tagging('TagResources', { ResourceARNList: [arn], Tags: { [key]: '1' } });
      const found = await contract.tagging('GetResources', { TagFilters: [{ Key: key }] });
      expect(at(found, 'ResourceTagMappingList', 0, 'ResourceARN')).toBe(arn);
    });
  });
}
