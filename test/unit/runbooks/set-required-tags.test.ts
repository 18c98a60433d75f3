import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { answering } from './answers.ts';
import {
  ACCOUNTS,
  changesOf,
  type RunbookStack,
  refusing,
  runbookStack,
  type TriedAccount,
} from './support.ts';

const NAME = 'Remediator-SetRequiredTags';
const REQUIRED = { Owner: 'unknown', CostCenter: '0000' };

describe.each(ACCOUNTS)(`${NAME}, $name`, ({ name, skipped, start }) => {
  describe.skipIf(skipped)('', () => {
    let running: TriedAccount;
    let stack: RunbookStack;
    beforeAll(async () => {
      running = await start();
    }, 40_000);
    afterAll(() => running[Symbol.asyncDispose]());
    beforeEach(() => {
      stack = runbookStack(running.account);
    });

    const setTags = (ResourceType: string, ResourceId: string, tags: JsonObject = REQUIRED) =>
      stack.run(NAME, { ResourceType, ResourceId, RequiredTags: JSON.stringify(tags) });
    const newVpc = async () => {
      const { Vpc } = await stack.call('ec2', 'CreateVpc', { CidrBlock: '10.9.0.0/16' });
      return String((Vpc as JsonObject).VpcId);
    };
    const tag = (id: string, tags: Record<string, string>) =>
      stack.call('ec2', 'CreateTags', {
        Resources: [id],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
    const tagsOf = async (id: string) => {
      const { Tags } = await stack.call('ec2', 'DescribeTags', {
        Filters: [{ Name: 'resource-id', Values: [id] }],
      });
      return Object.fromEntries(
        ((Tags as JsonObject[] | undefined) ?? []).map(({ Key, Value }) => [Key, Value]),
      );
    };
    const newBucket = async () => {
      const Bucket = `bucket-${randomUUID()}`;
      await stack.call('s3', 'CreateBucket', { Bucket });
      if (name === 'in memory') return Bucket;
      // moto writes AWS Config's times so that no SDK can read them.
      stack.account.interfere = answering({
        BatchGetResourceConfig: ({ resourceKeys }: JsonObject) => ({
          baseConfigurationItems: (resourceKeys as JsonObject[]).map(({ resourceId }) => ({
            resourceId,
            arn: `arn:aws:s3:::${String(resourceId)}`,
          })),
        }),
      });
      return Bucket;
    };
    const bucketTags = async (Bucket: string) => {
      const { TagSet } = await stack.call('s3', 'GetBucketTagging', { Bucket });
      return Object.fromEntries((TagSet as JsonObject[]).map(({ Key, Value }) => [Key, Value]));
    };

    it('adds what is missing to a resource of EC2, and leaves a value that is there', async () => {
      const id = await newVpc();
      await tag(id, { Owner: 'ann', Stage: 'prod' });
      const execution = await setTags('AWS::EC2::VPC', id);
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      expect(await tagsOf(id)).toEqual({ Owner: 'ann', Stage: 'prod', CostCenter: '0000' });
    });

    it('changes nothing when it runs twice, and taking the tags off undoes it', async () => {
      const id = await newVpc();
      await setTags('AWS::EC2::VPC', id);
      expect(await tagsOf(id)).toEqual(REQUIRED);
      stack.account.calls.length = 0;
      const again = await setTags('AWS::EC2::VPC', id, { Owner: 'somebody else', CostCenter: '1' });
      expect(again.AutomationExecutionStatus, again.FailureMessage).toBe('Success');
      expect(changesOf(stack.account)).toEqual([]);
      await stack.call('ec2', 'DeleteTags', {
        Resources: [id],
        Tags: [{ Key: 'Owner' }, { Key: 'CostCenter' }],
      });
      expect(await tagsOf(id)).toEqual({});
    });

    it('keeps values as they are, whatever they hold', async () => {
      const id = await newVpc();
      const values = { Name: '{{ Owner }} "quoted" \\ \'', Empty: '' };
      const execution = await setTags('AWS::EC2::VPC', id, values);
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      expect(await tagsOf(id)).toEqual(values);
    });

    // moto's TagResources knows no S3, and says so in its answer.
    it.skipIf(name !== 'in memory')(
      'tags a resource of another service by the ARN that AWS Config has of it',
      async () => {
        const bucket = await newBucket();
        await stack.call('s3', 'PutBucketTagging', {
          Bucket: bucket,
          Tagging: { TagSet: [{ Key: 'Owner', Value: 'ann' }] },
        });
        const execution = await setTags('AWS::S3::Bucket', bucket);
        expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
        expect(await bucketTags(bucket)).toEqual({ Owner: 'ann', CostCenter: '0000' });
        stack.account.calls.length = 0;
        await setTags('AWS::S3::Bucket', bucket);
        expect(changesOf(stack.account)).toEqual([]);
      },
    );

    it.skipIf(name !== 'in memory')('tags a resource that never had a tag', async () => {
      const bucket = await newBucket();
      const execution = await setTags('AWS::S3::Bucket', bucket);
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      expect(await bucketTags(bucket)).toEqual(REQUIRED);
    });

    it('fails where TagResources says that it has tagged nothing', async () => {
      const bucket = await newBucket();
      const config = stack.account.interfere;
      const TagResources = {
        FailedResourcesMap: {
          [`arn:aws:s3:::${bucket}`]: {
            StatusCode: 403,
            ErrorCode: 'InvalidParameterException',
            ErrorMessage: 'no permission',
          },
        },
      };
      stack.account.interfere = (call) => (call.operation === 'TagResources' ? TagResources : config(call));
      const execution = await setTags('AWS::S3::Bucket', bucket);
      expect(execution.AutomationExecutionStatus).toBe('Failed');
      expect(execution.FailureMessage).toContain('The resource could not be tagged: no permission');
    });

    it('fails where AWS Config does not know the resource', async () => {
      if (name !== 'in memory') {
        stack.account.interfere = answering({ BatchGetResourceConfig: { baseConfigurationItems: [] } });
      }
      const execution = await setTags('AWS::S3::Bucket', 'none');
      expect(execution.AutomationExecutionStatus).toBe('Failed');
      expect(execution.FailureMessage).toContain('baseConfigurationItems[0].resourceId');
      expect(changesOf(stack.account)).toEqual([]);
    });

    it.skipIf(name !== 'in memory')('fails for a resource of EC2 that does not exist', async () => {
      const execution = await setTags('AWS::EC2::VPC', 'vpc-0123456789abcdef0');
      expect(execution.FailureMessage).toContain('InvalidVpcID.NotFound');
    });

    it('fails where it may not tag', async () => {
      const id = await newVpc();
      stack.account.interfere = refusing('CreateTags');
      expect((await setTags('AWS::EC2::VPC', id)).FailureMessage).toContain('UnauthorizedOperation');
      expect(await tagsOf(id)).toEqual({});
    });

    it.each([
      ['S3 bucket', 'bucket'],
      ['AWS::S3::Bucket', 'a b'],
      ['AWS::S3::Bucket', ''],
    ])('refuses the type %s with the ID %j', async (type, id) => {
      await expect(setTags(type, id)).rejects.toThrow();
      expect(stack.account.calls).toEqual([]);
    });
  });
});
