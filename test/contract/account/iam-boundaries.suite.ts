import { expect } from 'vitest';
import { at, type Contract, listAt, refuses } from './contract.ts';
import { CORE, newPolicy, newProfile, newRole, newUser } from './iam-fixtures.ts';

const NO_POLICY = 'arn:aws:iam::012345678901:policy/none';

/** Permissions boundaries, users' tags, and what is listed of users. */
export function iamBoundaries(contract: Contract): void {
  const { iam, sts, test } = contract;

  test('Roles and users have a permissions boundary, until it is taken away', async () => {
    const PermissionsBoundary = await newPolicy(contract);
    for (const [kind, name] of [
      ['Role', await newRole(contract)],
      ['User', await newUser(contract)],
    ] as const) {
      const on = { [`${kind}Name`]: name };
      const boundary = async () => at(await iam(`Get${kind}`, on), kind, 'PermissionsBoundary');
      await iam(`Put${kind}PermissionsBoundary`, { ...on, PermissionsBoundary });
      expect(await boundary()).toMatchObject({ PermissionsBoundaryArn: PermissionsBoundary });
      await iam(`Delete${kind}PermissionsBoundary`, on);
      expect(await boundary()).toBeUndefined();
    }
  });

  test('A boundary is a policy, and of a role or user that exists', async () => {
    const [RoleName, UserName] = [await newRole(contract), await newUser(contract)];
    const none = { PermissionsBoundary: NO_POLICY };
    await refuses(iam('PutRolePermissionsBoundary', { RoleName, ...none }), 'NoSuchEntity');
    await refuses(iam('PutUserPermissionsBoundary', { UserName, ...none }), 'NoSuchEntity');
    const core = { PermissionsBoundary: CORE };
    await refuses(iam('PutRolePermissionsBoundary', { RoleName: 'none', ...core }), 'NoSuchEntity');
    await refuses(iam('DeleteUserPermissionsBoundary', { UserName: 'none' }), 'NoSuchEntity');
    await refuses(iam('DeleteRolePermissionsBoundary', { RoleName: 'none' }), 'NoSuchEntity');
  });

  test('A policy that is a boundary is not deleted', async () => {
    const [RoleName, PermissionsBoundary] = [await newRole(contract), await newPolicy(contract)];
    await iam('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary });
    await refuses(iam('DeletePolicy', { PolicyArn: PermissionsBoundary }), 'DeleteConflict');
  });

  test('Users have tags', async () => {
    const UserName = await newUser(contract);
    await iam('TagUser', { UserName, Tags: [{ Key: 'a', Value: '1' }] });
    await iam('TagUser', { UserName, Tags: [{ Key: 'b', Value: '2' }] });
    await iam('UntagUser', { UserName, TagKeys: ['a'] });
    expect((await iam('ListUserTags', { UserName })).Tags).toEqual([{ Key: 'b', Value: '2' }]);
    await refuses(iam('TagUser', { UserName: 'none', Tags: [{ Key: 'a', Value: '' }] }), 'NoSuchEntity');
    await refuses(iam('ListUserTags', { UserName: 'none' }), 'NoSuchEntity');
  });

  test('What a user has is listed', async () => {
    const UserName = await newUser(contract);
    await iam('AttachUserPolicy', { UserName, PolicyArn: CORE });
    expect(await iam('ListAttachedUserPolicies', { UserName })).toMatchObject({
      AttachedPolicies: [{ PolicyArn: CORE }],
    });
    expect(listAt(await iam('ListUserPolicies', { UserName }), 'PolicyNames')).toEqual([]);
    expect(listAt(await iam('ListGroupsForUser', { UserName }), 'Groups')).toEqual([]);
    expect(listAt(await iam('ListMFADevices', { UserName }), 'MFADevices')).toEqual([]);
  });

  test('What a user that does not exist has is not listed', async () => {
    const UserName = 'none';
    for (const operation of ['ListAttachedUserPolicies', 'ListUserPolicies', 'ListGroupsForUser']) {
      await refuses(iam(operation, { UserName }), 'NoSuchEntity');
    }
    await refuses(iam('ListMFADevices', { UserName }), 'NoSuchEntity');
    await refuses(iam('UpdateLoginProfile', { UserName, Password: 'Str0ng!password' }), 'NoSuchEntity');
  });

  test('Instance profiles are listed with their roles', async () => {
    const { name, role } = await newProfile(contract);
    const all = listAt(await iam('ListInstanceProfiles', { MaxItems: 1000 }), 'InstanceProfiles');
    const [profile] = all.filter((each) => at(each, 'InstanceProfileName') === name);
    expect(profile).toMatchObject({ Roles: [{ RoleName: role }] });
  });

  test('GetCallerIdentity tells the account', async () => {
    const identity = await sts('GetCallerIdentity');
    expect(identity).toMatchObject({
      Account: expect.stringMatching(/^\d{12}$/),
      Arn: expect.stringMatching(/^arn:aws:/),
    });
  });
}
