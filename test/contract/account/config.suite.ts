import { expect } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { at, type Contract, listAt, newGroup, newInstance, refuses, textAt, unique } from './contract.ts';
import { newRole } from './iam-fixtures.ts';
import { newBucket } from './s3.ts';

/** AWS Config's view of the account's resources, and its rules. */
export function configItems(contract: Contract): void {
  const { config, ec2, iam, kms, test } = contract;

  const itemsOf = (resourceType: string, ...ids: readonly string[]) =>
    config('BatchGetResourceConfig', {
      resourceKeys: ids.map((resourceId) => ({ resourceType, resourceId })),
    });
  const itemOf = async (resourceType: string, resourceId: string) =>
    at(await itemsOf(resourceType, resourceId), 'baseConfigurationItems', 0);
  const configurationOf = (item: unknown) => JSON.parse(textAt(item, 'configuration')) as JsonObject;
  const newRule = async (input: JsonObject = {}) => {
    const ConfigRuleName = unique('rule');
    const Source = { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_VERSIONING_ENABLED' };
    await config('PutConfigRule', { ConfigRule: { ConfigRuleName, Source, ...input } });
    return ConfigRuleName;
  };

  test('A bucket is known by its name', async () => {
    const Bucket = await newBucket(contract);
    expect(await itemOf('AWS::S3::Bucket', Bucket)).toMatchObject({
      resourceType: 'AWS::S3::Bucket',
      resourceId: Bucket,
      resourceName: Bucket,
      arn: `arn:aws:s3:::${Bucket}`,
      awsRegion: 'us-east-1',
      accountId: expect.stringMatching(/^\d{12}$/),
    });
  });

  test('A role is known by its ID, not its name', async () => {
    const RoleName = await newRole(contract);
    const role = at(await iam('GetRole', { RoleName }), 'Role');
    const item = await itemOf('AWS::IAM::Role', textAt(role, 'RoleId'));
    expect(item).toMatchObject({
      resourceId: textAt(role, 'RoleId'),
      resourceName: RoleName,
      arn: textAt(role, 'Arn'),
      awsRegion: 'global',
    });
    expect(configurationOf(item)).toMatchObject({ roleName: RoleName, roleId: textAt(role, 'RoleId') });
    expect(await itemOf('AWS::IAM::Role', RoleName)).toBeUndefined();
  });

  test('A policy is known by its ID', async () => {
    const PolicyDocument =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
    const made = await iam('CreatePolicy', { PolicyName: unique('policy'), PolicyDocument });
    const PolicyId = textAt(made, 'Policy', 'PolicyId');
    expect(await itemOf('AWS::IAM::Policy', PolicyId)).toMatchObject({ arn: textAt(made, 'Policy', 'Arn') });
  });

  test('Resources of EC2 and KMS are known by their IDs', async () => {
    const [instanceId, groupId] = [await newInstance(contract), await newGroup(contract)];
    const instance = await itemOf('AWS::EC2::Instance', instanceId);
    expect(instance).toMatchObject({
      arn: expect.stringMatching(new RegExp(`^arn:aws:ec2:us-east-1:\\d{12}:instance/${instanceId}$`)),
      availabilityZone: expect.stringMatching(/^us-east-1[a-f]$/),
    });
    expect(configurationOf(instance)).toMatchObject({ instanceId, state: { name: 'running' } });
    expect(await itemOf('AWS::EC2::SecurityGroup', groupId)).toMatchObject({ resourceId: groupId });
    const key = at(await kms('CreateKey'), 'KeyMetadata');
    const arn = textAt(key, 'Arn');
    expect(await itemOf('AWS::KMS::Key', textAt(key, 'KeyId'))).toMatchObject({ arn });
    await ec2('TerminateInstances', { InstanceIds: [instanceId] });
    expect(await itemOf('AWS::EC2::Instance', instanceId)).toBeUndefined();
  });

  test('What AWS Config does not know is not processed', async () => {
    const Bucket = await newBucket(contract);
    const found = await itemsOf('AWS::S3::Bucket', 'no-such-bucket-4f1c', Bucket);
    expect(listAt(found, 'baseConfigurationItems')).toHaveLength(1);
    expect(found.unprocessedResourceKeys).toEqual([
      { resourceType: 'AWS::S3::Bucket', resourceId: 'no-such-bucket-4f1c' },
    ]);
  });

  test('BatchGetResourceConfig takes 1 to 100 keys of types that there are', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `bucket-${index}`);
    await refuses(itemsOf('AWS::S3::Bucket', ...many), 'ValidationException');
    await refuses(itemsOf('AWS::S3::Bucket'), 'ValidationException');
    await refuses(itemsOf('Bucket', 'bucket'), 'ValidationException');
  });

  test('Rules are made, changed, shown and deleted', async () => {
    const name = await newRule({ Description: 'first' });
    const shown = async () =>
      at(await config('DescribeConfigRules', { ConfigRuleNames: [name] }), 'ConfigRules', 0);
    expect(await shown()).toMatchObject({
      ConfigRuleName: name,
      ConfigRuleArn: expect.stringMatching(
        /^arn:aws:config:us-east-1:\d{12}:config-rule\/config-rule-\w{6}$/,
      ),
      Description: 'first',
      Source: { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_VERSIONING_ENABLED' },
      ConfigRuleState: 'ACTIVE',
    });
    const id = textAt(await shown(), 'ConfigRuleId');
    const Source = { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_VERSIONING_ENABLED' };
    await config('PutConfigRule', { ConfigRule: { ConfigRuleName: name, Description: 'second', Source } });
    expect(await shown()).toMatchObject({ ConfigRuleId: id, Description: 'second' });
    await config('DeleteConfigRule', { ConfigRuleName: name });
    await refuses(shown(), 'NoSuchConfigRuleException');
  });

  test('A rule that does not exist is neither shown nor deleted', async () => {
    await refuses(config('DescribeConfigRules', { ConfigRuleNames: ['none'] }), 'NoSuchConfigRuleException');
    await refuses(config('DeleteConfigRule', { ConfigRuleName: 'none' }), 'NoSuchConfigRuleException');
  });

  test('PutConfigRule refuses parameters that are no JSON, and a rule that nothing names', async () => {
    await refuses(newRule({ InputParameters: '{' }), 'InvalidParameterValueException');
    await refuses(newRule({ ConfigRuleName: undefined }), 'InvalidParameterValueException');
  });

  test('StartConfigRulesEvaluation needs rules that exist, 25 at most', async () => {
    const start = (...ConfigRuleNames: readonly string[]) =>
      config('StartConfigRulesEvaluation', { ConfigRuleNames });
    await refuses(start('none'), 'NoSuchConfigRuleException');
    await refuses(start(await newRule(), 'none'), 'NoSuchConfigRuleException');
    await refuses(start(...Array.from({ length: 26 }, (_, index) => `rule-${index}`)), 'ValidationException');
  });

  test('StartConfigRulesEvaluation notes its time on the rules that it names, once a minute', async () => {
    const [name, other] = [await newRule(), await newRule()];
    const status = async () =>
      at(
        await config('DescribeConfigRuleEvaluationStatus', { ConfigRuleNames: [name, other] }),
        'ConfigRulesEvaluationStatus',
      );
    expect(await status()).toMatchObject([{ FirstEvaluationStarted: false }, {}]);
    await config('StartConfigRulesEvaluation', { ConfigRuleNames: [name] });
    expect(await status()).toMatchObject([
      { ConfigRuleName: name, LastSuccessfulEvaluationTime: expect.any(Date), FirstEvaluationStarted: true },
      { ConfigRuleName: other, FirstEvaluationStarted: false },
    ]);
    const again = config('StartConfigRulesEvaluation', { ConfigRuleNames: [other] });
    await refuses(again, 'LimitExceededException');
  });
}
