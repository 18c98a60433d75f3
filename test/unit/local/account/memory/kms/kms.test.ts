import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../local/service.ts';
import { ACCOUNT_ID, accountFixture } from '../../account.fixture.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const code = (expected: string) => expect.objectContaining({ code: expected });

function fixture() {
  const { account, clock } = accountFixture();
  const kms = (operation: string, input: JsonObject = {}, region = 'us-east-1') =>
    account.call({ service: 'kms', operation, input, region });
  const create = async (input: JsonObject = {}) =>
    (await kms('CreateKey', input)).KeyMetadata as JsonObject & { KeyId: string; Arn: string };
  return { clock, kms, create };
}

describe('keys', () => {
  it('are gone, with their aliases, when their deletion comes due', async () => {
    const { clock, kms, create } = fixture();
    const { KeyId } = await create();
    await kms('CreateAlias', { AliasName: 'alias/mine', TargetKeyId: KeyId });
    await kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    clock.advance(7 * DAY_MS - 1);
    await kms('DescribeKey', { KeyId });
    clock.advance(1);
    await expect(kms('DescribeKey', { KeyId })).rejects.toEqual(code('NotFoundException'));
    await expect(kms('DescribeKey', { KeyId: 'alias/mine' })).rejects.toEqual(code('NotFoundException'));
    expect(await kms('ListKeys')).toMatchObject({ Keys: [], Truncated: false });
    expect(await kms('ListAliases')).toMatchObject({ Aliases: [] });
  });

  it('of several regions have an ID that says so', async () => {
    const { create } = fixture();
    const key = await create({ MultiRegion: true });
    expect(key.KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(key.MultiRegionConfiguration).toMatchObject({ MultiRegionKeyType: 'PRIMARY' });
  });

  it.each([
    [
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      { SigningAlgorithms: expect.arrayContaining(['RSASSA_PSS_SHA_256']) },
    ],
    [
      { KeySpec: 'RSA_4096', KeyUsage: 'ENCRYPT_DECRYPT' },
      { EncryptionAlgorithms: expect.arrayContaining(['RSAES_OAEP_SHA_256']) },
    ],
    [{ KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' }, { SigningAlgorithms: ['ECDSA_SHA_384'] }],
    [{ KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' }, { MacAlgorithms: ['HMAC_SHA_512'] }],
    [{ CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' }, { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }],
  ])('of %j have their algorithms', async (input, expected) => {
    const { create } = fixture();
    expect(await create(input)).toMatchObject(expected);
  });

  it.each([
    [{ KeySpec: 'RSA_2048' }, 'ValidationException'],
    [{ KeySpec: 'RSA_1024' }, 'ValidationException'],
    [{ Policy: 'no JSON' }, 'MalformedPolicyDocumentException'],
    [{ Policy: ' '.repeat(32 * 1024 + 1) }, 'LimitExceededException'],
    [{ Tags: [{ TagKey: 'aws:x', TagValue: '' }] }, 'TagException'],
    [
      {
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'a', TagValue: '2' },
        ],
      },
      'TagException',
    ],
    [{ Alias: 'alias/x' }, 'ValidationException'],
  ])('are refused with %j', async (input, expected) => {
    const { kms, create } = fixture();
    await expect(create(input)).rejects.toEqual(code(expected));
    expect((await kms('ListKeys')).Keys).toEqual([]);
  });

  it('are not found by what names no key', async () => {
    const { kms, create } = fixture();
    const { Arn } = await create();
    const describeKey = (KeyId: string) => kms('DescribeKey', { KeyId });
    await expect(describeKey('arn:aws:kms:us-east-1')).rejects.toEqual(code('InvalidArnException'));
    await expect(describeKey(Arn.replace(ACCOUNT_ID, '999999999999'))).rejects.toEqual(
      code('NotFoundException'),
    );
    await expect(describeKey('alias/aws/nothing')).rejects.toEqual(code('NotFoundException'));
    await expect(kms('GetKeyPolicy', { KeyId: 'alias/aws/ebs' })).rejects.toEqual(code('NotFoundException'));
  });

  it('may lock out whoever insists on it', async () => {
    const { create } = fixture();
    const statement = { Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:*', Resource: '*' };
    const Policy = JSON.stringify({ Statement: [statement] });
    await expect(create({ Policy })).rejects.toEqual(code('MalformedPolicyDocumentException'));
    await create({ Policy, BypassPolicyLockoutSafetyCheck: true });
  });

  it('tell when they are rotated next', async () => {
    const { kms, create, clock } = fixture();
    const { KeyId, Arn } = await create();
    await kms('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    expect(await kms('GetKeyRotationStatus', { KeyId })).toEqual({
      KeyId: Arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(clock.now().getTime() + 90 * DAY_MS),
    });
    await expect(kms('EnableKeyRotation', { KeyId, RotationPeriodInDays: 89 })).rejects.toEqual(
      code('ValidationException'),
    );
  });

  it('are listed in pages', async () => {
    const { kms, create } = fixture();
    const ids = [await create(), await create(), await create()].map(({ KeyId }) => KeyId);
    const first = await kms('ListKeys', { Limit: 2 });
    expect(first).toMatchObject({ Truncated: true, Keys: [{ KeyId: ids[0] }, { KeyId: ids[1] }] });
    const rest = await kms('ListKeys', { Limit: 2, Marker: first.NextMarker });
    expect(rest).toMatchObject({ Truncated: false, Keys: [{ KeyId: ids[2] }] });
    await expect(kms('ListKeys', { Marker: 'x' })).rejects.toEqual(code('InvalidMarkerException'));
  });
});

describe("AWS's own keys", () => {
  it('are listed once they are used, and are rotated', async () => {
    const { kms } = fixture();
    expect((await kms('ListAliases')).Aliases).toEqual([]);
    const { KeyMetadata } = await kms('DescribeKey', { KeyId: 'alias/aws/s3' });
    const { KeyId } = KeyMetadata as JsonObject;
    expect((await kms('ListAliases')).Aliases).toMatchObject([
      { AliasName: 'alias/aws/s3', TargetKeyId: KeyId },
    ]);
    expect(await kms('GetKeyRotationStatus', { KeyId })).toMatchObject({ KeyRotationEnabled: true });
  });

  it('can be changed by nobody', async () => {
    const { kms } = fixture();
    const { KeyMetadata } = await kms('DescribeKey', { KeyId: 'alias/aws/s3' });
    const { KeyId } = KeyMetadata as JsonObject;
    for (const operation of [
      'DisableKey',
      'ScheduleKeyDeletion',
      'DisableKeyRotation',
      'CancelKeyDeletion',
    ]) {
      await expect(kms(operation, { KeyId })).rejects.toEqual(code('AccessDeniedException'));
    }
    await expect(kms('DeleteAlias', { AliasName: 'alias/aws/s3' })).rejects.toEqual(
      code('NotAuthorizedException'),
    );
  });
});
