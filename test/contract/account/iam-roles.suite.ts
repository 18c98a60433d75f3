import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, textAt, unique } from './contract.ts';
import { CORE, decoded, newPolicy, newProfile, newRole, POLICY, TRUST } from './iam-fixtures.ts';

export function iamRoles(contract: Contract): void {
  const { iam, test } = contract;
  const document = JSON.stringify(TRUST);

  test('CreateRole makes a role, GetRole shows it, DeleteRole removes it', async () => {
    const RoleName = unique('role');
    const made = await iam('CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: document,
      Path: '/team/blue/',
      Description: 'for a test',
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(made).toMatchObject({ Role: { RoleName, Path: '/team/blue/' } });
    expect(textAt(made, 'Role', 'Arn')).toMatch(/^arn:aws:iam::\d{12}:role\/team\/blue\/role-/);
    expect(textAt(made, 'Role', 'RoleId')).toMatch(/^AROA[A-Z2-7]{17}$/);
    const shown = await iam('GetRole', { RoleName });
    expect(shown).toMatchObject({
      Role: { Description: 'for a test', MaxSessionDuration: 3600, Tags: [{ Key: 'a', Value: '1' }] },
    });
    expect(at(shown, 'Role', 'CreateDate')).toBeInstanceOf(Date);
    expect(decoded(shown, 'Role', 'AssumeRolePolicyDocument')).toEqual(TRUST);
    await iam('DeleteRole', { RoleName });
    await refuses(iam('GetRole', { RoleName }), 'NoSuchEntity');
  });

  test('CreateRole refuses a name twice, and documents that are none', async () => {
    const RoleName = await newRole(contract);
    const create = (AssumeRolePolicyDocument: string, name = unique('role')) =>
      iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument });
    await refuses(create(document, RoleName), 'EntityAlreadyExists');
    await refuses(create('{'), 'MalformedPolicyDocument');
  });

  test('CreateRole refuses a trust policy with a resource, or without a principal', async () => {
    const refused = (statement: object) => {
      const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }];
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      const call = iam('CreateRole', { RoleName: unique('role'), AssumeRolePolicyDocument });
      return refuses(call, 'MalformedPolicyDocument');
    };
    await refused({ Principal: { Service: 'ec2.amazonaws.com' }, Resource: '*' });
    await refused({});
  });

  test('Names and paths that IAM does not allow are refused', async () => {
    const create = (input: object) => iam('CreateRole', { AssumeRolePolicyDocument: document, ...input });
    await refuses(create({ RoleName: 'x'.repeat(65) }), 'ValidationError');
    await refuses(create({ RoleName: unique('role'), Path: 'blue' }), 'ValidationError');
  });

  test('ListRoles finds roles by path, page by page', async () => {
    const PathPrefix = `/${unique('list')}/`;
    const names = [];
    for (let made = 0; made < 3; made++) names.push(await newRole(contract, { Path: PathPrefix }));
    const first = await iam('ListRoles', { PathPrefix, MaxItems: 2 });
    expect(first).toMatchObject({ IsTruncated: true });
    const second = await iam('ListRoles', { PathPrefix, MaxItems: 2, Marker: textAt(first, 'Marker') });
    expect(second).toMatchObject({ IsTruncated: false });
    const found = [...listAt(first, 'Roles'), ...listAt(second, 'Roles')].map((role) => at(role, 'RoleName'));
    expect(found.sort()).toEqual(names.sort());
  });

  test('UpdateAssumeRolePolicy and UpdateRole change a role', async () => {
    const RoleName = await newRole(contract);
    const [statement] = TRUST.Statement;
    const changed = { ...TRUST, Statement: [{ ...statement, Principal: { Service: 'ssm.amazonaws.com' } }] };
    await iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: JSON.stringify(changed) });
    await iam('UpdateRole', { RoleName, Description: 'new', MaxSessionDuration: 7200 });
    const shown = await iam('GetRole', { RoleName });
    expect(decoded(shown, 'Role', 'AssumeRolePolicyDocument')).toEqual(changed);
    expect(shown).toMatchObject({ Role: { Description: 'new', MaxSessionDuration: 7200 } });
    await refuses(
      iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: 'no' }),
      'MalformedPolicyDocument',
    );
  });

  test('Tags of a role come and go', async () => {
    const RoleName = await newRole(contract);
    await iam('TagRole', {
      RoleName,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await iam('TagRole', { RoleName, Tags: [{ Key: 'a', Value: '3' }] });
    await iam('UntagRole', { RoleName, TagKeys: ['b'] });
    expect(await iam('ListRoleTags', { RoleName })).toMatchObject({ Tags: [{ Key: 'a', Value: '3' }] });
    await refuses(iam('TagRole', { RoleName: 'nobody', Tags: [{ Key: 'a', Value: '' }] }), 'NoSuchEntity');
  });

  test('Policies of a role itself are put, shown and deleted', async () => {
    const RoleName = await newRole(contract);
    const PolicyDocument = JSON.stringify(POLICY);
    await iam('PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument });
    expect((await iam('ListRolePolicies', { RoleName })).PolicyNames).toEqual(['own']);
    const shown = await iam('GetRolePolicy', { RoleName, PolicyName: 'own' });
    expect(shown).toMatchObject({ RoleName, PolicyName: 'own' });
    expect(decoded(shown, 'PolicyDocument')).toEqual(POLICY);
    await refuses(iam('DeleteRole', { RoleName }), 'DeleteConflict');
    await iam('DeleteRolePolicy', { RoleName, PolicyName: 'own' });
    await refuses(iam('GetRolePolicy', { RoleName, PolicyName: 'own' }), 'NoSuchEntity');
    await refuses(iam('DeleteRolePolicy', { RoleName, PolicyName: 'own' }), 'NoSuchEntity');
    const bad = iam('PutRolePolicy', { RoleName, PolicyName: 'bad', PolicyDocument: '[]' });
    await refuses(bad, 'MalformedPolicyDocument');
  });

  test("Managed policies, AWS's and one's own, are attached and detached", async () => {
    const [RoleName, own] = [await newRole(contract), await newPolicy(contract)];
    await iam('AttachRolePolicy', { RoleName, PolicyArn: CORE });
    await iam('AttachRolePolicy', { RoleName, PolicyArn: CORE });
    await iam('AttachRolePolicy', { RoleName, PolicyArn: own });
    expect((await iam('ListAttachedRolePolicies', { RoleName })).AttachedPolicies).toEqual([
      { PolicyName: 'AmazonSSMManagedInstanceCore', PolicyArn: CORE },
      { PolicyName: own.split('/').at(-1), PolicyArn: own },
    ]);
    await refuses(iam('DeleteRole', { RoleName }), 'DeleteConflict');
    await iam('DetachRolePolicy', { RoleName, PolicyArn: CORE });
    await refuses(iam('DetachRolePolicy', { RoleName, PolicyArn: CORE }), 'NoSuchEntity');
    await iam('DetachRolePolicy', { RoleName, PolicyArn: own });
    await iam('DeleteRole', { RoleName });
  });

  test('AttachRolePolicy refuses what does not exist', async () => {
    const RoleName = await newRole(contract);
    const missing = 'arn:aws:iam::aws:policy/NoSuchPolicyOfAmazon';
    await refuses(iam('AttachRolePolicy', { RoleName, PolicyArn: missing }), 'NoSuchEntity');
    await refuses(iam('AttachRolePolicy', { RoleName: 'nobody', PolicyArn: CORE }), 'NoSuchEntity');
  });

  test('AttachRolePolicy refuses what is no ARN', async () => {
    const call = iam('AttachRolePolicy', {
      RoleName: await newRole(contract),
      PolicyArn: 'AmazonSSMManagedInstanceCore',
    });
    await refuses(call, 'InvalidInput');
  });

  test('An instance profile holds one role', async () => {
    const { name: InstanceProfileName, role } = await newProfile(contract);
    const shown = await iam('GetInstanceProfile', { InstanceProfileName });
    expect(shown).toMatchObject({ InstanceProfile: { InstanceProfileName, Roles: [{ RoleName: role }] } });
    const more = { InstanceProfileName, RoleName: await newRole(contract) };
    await refuses(iam('AddRoleToInstanceProfile', more), 'LimitExceeded');
    const found = await iam('ListInstanceProfilesForRole', { RoleName: role });
    expect(listAt(found, 'InstanceProfiles')).toHaveLength(1);
    expect(found).toMatchObject({ InstanceProfiles: [{ InstanceProfileName }] });
    await refuses(iam('CreateInstanceProfile', { InstanceProfileName }), 'EntityAlreadyExists');
  });

  test('A profile with a role, and a role in a profile, are not deleted', async () => {
    const { name: InstanceProfileName, role: RoleName } = await newProfile(contract);
    await refuses(iam('DeleteInstanceProfile', { InstanceProfileName }), 'DeleteConflict');
    await refuses(iam('DeleteRole', { RoleName }), 'DeleteConflict');
    await iam('RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
    await refuses(iam('RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName }), 'NoSuchEntity');
    await iam('DeleteInstanceProfile', { InstanceProfileName });
    await iam('DeleteRole', { RoleName });
    await refuses(iam('GetInstanceProfile', { InstanceProfileName }), 'NoSuchEntity');
  });
}
