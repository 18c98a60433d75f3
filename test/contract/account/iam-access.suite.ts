import { expect } from 'vitest';
import { type Contract, listAt, refuses, textAt } from './contract.ts';
import { CORE, decoded, newUser, POLICY } from './iam-fixtures.ts';

export function iamAccess(contract: Contract): void {
  const { iam, test } = contract;

  test('Users are made, listed and deleted', async () => {
    const UserName = await newUser(contract, { Path: '/people/', Tags: [{ Key: 'a', Value: '1' }] });
    const shown = await iam('GetUser', { UserName });
    expect(shown).toMatchObject({ User: { UserName, Path: '/people/', Tags: [{ Key: 'a', Value: '1' }] } });
    expect(textAt(shown, 'User', 'Arn')).toMatch(/:user\/people\//);
    await refuses(iam('CreateUser', { UserName }), 'EntityAlreadyExists');
    expect(await iam('ListUsers', { PathPrefix: '/people/' })).toMatchObject({ Users: [{ UserName }] });
    await iam('DeleteUser', { UserName });
    await refuses(iam('GetUser', { UserName }), 'NoSuchEntity');
  });

  test('Access keys are made, switched off and deleted', async () => {
    const UserName = await newUser(contract);
    const made = await iam('CreateAccessKey', { UserName });
    const AccessKeyId = textAt(made, 'AccessKey', 'AccessKeyId');
    expect(AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(textAt(made, 'AccessKey', 'SecretAccessKey')).toHaveLength(40);
    await iam('UpdateAccessKey', { UserName, AccessKeyId, Status: 'Inactive' });
    expect(await iam('ListAccessKeys', { UserName })).toMatchObject({
      AccessKeyMetadata: [{ UserName, AccessKeyId, Status: 'Inactive' }],
    });
    expect(await iam('GetAccessKeyLastUsed', { AccessKeyId })).toMatchObject({
      UserName,
      AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
    });
    await iam('DeleteAccessKey', { UserName, AccessKeyId });
    expect(listAt(await iam('ListAccessKeys', { UserName }), 'AccessKeyMetadata')).toEqual([]);
    await refuses(iam('DeleteAccessKey', { UserName, AccessKeyId }), 'NoSuchEntity');
  });

  test('A user has at most two access keys', async () => {
    const UserName = await newUser(contract);
    await iam('CreateAccessKey', { UserName });
    await iam('CreateAccessKey', { UserName });
    await refuses(iam('CreateAccessKey', { UserName }), 'LimitExceeded');
  });

  test('UpdateAccessKey refuses keys and users that do not exist', async () => {
    const AccessKeyId = 'AKIAABCDEFGHIJKLMNOP';
    const UserName = await newUser(contract);
    await refuses(iam('UpdateAccessKey', { UserName, AccessKeyId, Status: 'Inactive' }), 'NoSuchEntity');
    await refuses(iam('ListAccessKeys', { UserName: 'nobody' }), 'NoSuchEntity');
  });

  test('A login profile comes and goes', async () => {
    const UserName = await newUser(contract);
    await refuses(iam('GetLoginProfile', { UserName }), 'NoSuchEntity');
    await iam('CreateLoginProfile', { UserName, Password: 'P4ssw0rd!long', PasswordResetRequired: true });
    expect(await iam('GetLoginProfile', { UserName })).toMatchObject({
      LoginProfile: { UserName, PasswordResetRequired: true },
    });
    const again = iam('CreateLoginProfile', { UserName, Password: 'P4ssw0rd!long' });
    await refuses(again, 'EntityAlreadyExists');
    await iam('DeleteLoginProfile', { UserName });
    await refuses(iam('DeleteLoginProfile', { UserName }), 'NoSuchEntity');
  });

  test('A user that has something is not deleted', async () => {
    const UserName = await newUser(contract);
    const conflict = () => refuses(iam('DeleteUser', { UserName }), 'DeleteConflict');
    await iam('AttachUserPolicy', { UserName, PolicyArn: CORE });
    await conflict();
    await iam('DetachUserPolicy', { UserName, PolicyArn: CORE });
    await iam('PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: JSON.stringify(POLICY) });
    await conflict();
    expect(decoded(await iam('GetUserPolicy', { UserName, PolicyName: 'own' }), 'PolicyDocument')).toEqual(
      POLICY,
    );
    await iam('DeleteUserPolicy', { UserName, PolicyName: 'own' });
    await iam('DeleteUser', { UserName });
  });

  test('A user with access keys is not deleted', async () => {
    const UserName = await newUser(contract);
    await iam('CreateAccessKey', { UserName });
    await refuses(iam('DeleteUser', { UserName }), 'DeleteConflict');
  });

  test("The account's password policy is replaced as a whole", async () => {
    await iam('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 14, RequireSymbols: true });
    await iam('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 16, MaxPasswordAge: 90 });
    expect(await iam('GetAccountPasswordPolicy')).toMatchObject({
      PasswordPolicy: {
        MinimumPasswordLength: 16,
        RequireSymbols: false,
        ExpirePasswords: true,
        MaxPasswordAge: 90,
      },
    });
    await refuses(iam('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 3 }), 'ValidationError');
    await iam('DeleteAccountPasswordPolicy');
    await refuses(iam('GetAccountPasswordPolicy'), 'NoSuchEntity');
  });
}
