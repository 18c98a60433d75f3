import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, textAt, unique } from './contract.ts';

const MISSING = '1a2b3c4d-0000-4000-8000-000000000000';

export function kmsKeys(contract: Contract): void {
  const { kms, test } = contract;
  const newKey = async (input: Readonly<Record<string, unknown>> = {}) =>
    textAt(await kms('CreateKey', { Description: 'for a test', ...input }), 'KeyMetadata', 'KeyId');
  const stateOf = async (KeyId: string) => {
    const { KeyMetadata } = await kms('DescribeKey', { KeyId });
    return [at(KeyMetadata, 'KeyState'), at(KeyMetadata, 'Enabled')];
  };

  test('A key is found by ID, ARN and alias', async () => {
    const created = at(await kms('CreateKey', { Description: 'for a test' }), 'KeyMetadata');
    const [KeyId, arn] = [textAt(created, 'KeyId'), textAt(created, 'Arn')];
    expect(arn).toMatch(new RegExp(`^arn:aws:kms:us-east-1:\\d{12}:key/${KeyId}$`));
    expect(created).toMatchObject({
      Description: 'for a test',
      Enabled: true,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    });
    expect(at(created, 'CreationDate')).toBeInstanceOf(Date);
    const AliasName = `alias/${unique('alias')}`;
    await kms('CreateAlias', { AliasName, TargetKeyId: KeyId });
    for (const id of [KeyId, arn, AliasName, arn.replace(/key\/.*/, AliasName)]) {
      expect((await kms('DescribeKey', { KeyId: id })).KeyMetadata).toMatchObject({ KeyId, Arn: arn });
    }
    expect(listAt(await kms('ListKeys', { Limit: 1000 }), 'Keys')).toContainEqual({ KeyId, KeyArn: arn });
  });

  test('A key that does not exist is told', async () => {
    for (const operation of ['DescribeKey', 'GetKeyPolicy', 'EnableKey', 'GetKeyRotationStatus']) {
      await refuses(kms(operation, { KeyId: MISSING }), 'NotFoundException');
    }
    await refuses(kms('DescribeKey', { KeyId: 'alias/no-such-alias' }), 'NotFoundException');
    await refuses(kms('ScheduleKeyDeletion', { KeyId: MISSING }), 'NotFoundException');
  });

  test('An alias names one key, and can be deleted', async () => {
    const [first, second] = [await newKey(), await newKey()];
    const AliasName = `alias/${unique('alias')}`;
    await kms('CreateAlias', { AliasName, TargetKeyId: first });
    await refuses(kms('CreateAlias', { AliasName, TargetKeyId: second }), 'AlreadyExistsException');
    const { Aliases } = await kms('ListAliases', { KeyId: first });
    expect(Aliases).toMatchObject([{ AliasName, TargetKeyId: first }]);
    await kms('DeleteAlias', { AliasName });
    await refuses(kms('DescribeKey', { KeyId: AliasName }), 'NotFoundException');
    await refuses(kms('DeleteAlias', { AliasName }), 'NotFoundException');
  });

  test('CreateAlias refuses names that are none', async () => {
    const TargetKeyId = await newKey();
    for (const AliasName of ['no-prefix', 'alias/', 'alias/with space']) {
      await refuses(kms('CreateAlias', { AliasName, TargetKeyId }), 'ValidationException');
    }
    await refuses(kms('CreateAlias', { AliasName: 'alias/aws/own', TargetKeyId }), 'NotAuthorizedException');
  });

  test("AWS's own keys come to be when their alias is first used", async () => {
    const described = at(await kms('DescribeKey', { KeyId: 'alias/aws/ebs' }), 'KeyMetadata');
    expect(described).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
    const again = await kms('DescribeKey', { KeyId: 'alias/aws/ebs' });
    expect(at(again, 'KeyMetadata', 'KeyId')).toBe(at(described, 'KeyId'));
  });

  test('A key is disabled and enabled', async () => {
    const KeyId = await newKey();
    await kms('DisableKey', { KeyId });
    expect(await stateOf(KeyId)).toEqual(['Disabled', false]);
    await kms('EnableKey', { KeyId });
    expect(await stateOf(KeyId)).toEqual(['Enabled', true]);
  });

  test('A deletion is scheduled and cancelled', async () => {
    const KeyId = await newKey();
    const scheduled = await kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(scheduled.DeletionDate).toBeInstanceOf(Date);
    expect(await stateOf(KeyId)).toEqual(['PendingDeletion', false]);
    await kms('CancelKeyDeletion', { KeyId });
    expect(await stateOf(KeyId)).toEqual(['Disabled', false]);
  });

  test('ScheduleKeyDeletion waits for 7 to 30 days', async () => {
    const KeyId = await newKey();
    for (const PendingWindowInDays of [6, 31]) {
      await refuses(kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays }), 'ValidationException');
    }
    expect(await stateOf(KeyId)).toEqual(['Enabled', true]);
  });

  test('A key that is to be deleted takes no changes', async () => {
    const KeyId = await newKey();
    await kms('ScheduleKeyDeletion', { KeyId });
    for (const operation of ['EnableKey', 'DisableKey', 'EnableKeyRotation', 'ScheduleKeyDeletion']) {
      await refuses(kms(operation, { KeyId }), 'KMSInvalidStateException');
    }
  });

  test('A key has a policy, which can be replaced', async () => {
    const KeyId = await newKey();
    const read = async () =>
      JSON.parse(textAt(await kms('GetKeyPolicy', { KeyId, PolicyName: 'default' }), 'Policy'));
    const policy = await read();
    expect(policy.Statement[0]).toMatchObject({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });
    policy.Statement.push({
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 'kms:DescribeKey',
      Resource: '*',
    });
    await kms('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: JSON.stringify(policy) });
    expect(await read()).toEqual(policy);
  });

  test('PutKeyPolicy refuses what is no policy, and what would lock the account out', async () => {
    const KeyId = await newKey();
    const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:DescribeKey', Resource: '*' };
    for (const Policy of [
      'no JSON',
      '{}',
      JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    ]) {
      await refuses(
        kms('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy }),
        'MalformedPolicyDocumentException',
      );
    }
  });

  test('Rotation is switched on and off', async () => {
    const KeyId = await newKey();
    const isRotated = async () => (await kms('GetKeyRotationStatus', { KeyId })).KeyRotationEnabled;
    expect(await isRotated()).toBe(false);
    await kms('EnableKeyRotation', { KeyId });
    expect(await isRotated()).toBe(true);
    await kms('DisableKeyRotation', { KeyId });
    expect(await isRotated()).toBe(false);
  });

  test('The rotation of a disabled key stays as it is', async () => {
    const KeyId = await newKey();
    await kms('DisableKey', { KeyId });
    await refuses(kms('EnableKeyRotation', { KeyId }), 'DisabledException');
  });

  test('Only symmetric keys are rotated', async () => {
    const KeyId = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    await refuses(kms('EnableKeyRotation', { KeyId }), 'UnsupportedOperationException');
  });

  test('Spec and usage of a key must fit', async () => {
    const input = { KeySpec: 'HMAC_256', KeyUsage: 'ENCRYPT_DECRYPT' };
    await refuses(kms('CreateKey', input), 'ValidationException');
  });

  test('Keys have tags', async () => {
    const KeyId = await newKey({ Tags: [{ TagKey: 'a', TagValue: '1' }] });
    await kms('TagResource', { KeyId, Tags: [{ TagKey: 'b', TagValue: '2' }] });
    await kms('UntagResource', { KeyId, TagKeys: ['a'] });
    expect((await kms('ListResourceTags', { KeyId })).Tags).toEqual([{ TagKey: 'b', TagValue: '2' }]);
  });

  test('GetResources and TagResources know keys', async () => {
    const created = await kms('CreateKey', { Description: 'for a test' });
    const [arn, key] = [textAt(created, 'KeyMetadata', 'Arn'), unique('key')];
    await contract.tagging('TagResources', { ResourceARNList: [arn], Tags: { [key]: '1' } });
    const found = await contract.tagging('GetResources', {
      TagFilters: [{ Key: key }],
      ResourceTypeFilters: ['kms:key'],
    });
    expect(at(found, 'ResourceTagMappingList', 0, 'ResourceARN')).toBe(arn);
  });
}
