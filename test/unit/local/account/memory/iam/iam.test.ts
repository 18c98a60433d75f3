import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../../local/service.ts';
import { ACCOUNT_ID, accountFixture } from '../../account.fixture.ts';

const TRUST = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

function fixture() {
  const { account } = accountFixture();
  const iam = (operation: string, input: JsonObject = {}, region = 'us-east-1') =>
    account.call({ service: 'iam', operation, input, region });
  const newRole = (RoleName: string, more: JsonObject = {}) =>
    iam('CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST, ...more });
  return { iam, newRole };
}

describe('names', () => {
  it('are not told apart by case', async () => {
    const { newRole } = fixture();
    await newRole('Admin');
    await expect(newRole('admin')).rejects.toMatchObject({ code: 'EntityAlreadyExists', statusCode: 409 });
  });

  it.each(['', 'has space', 'slash/ed', 'x'.repeat(65), '__proto__/'])('refuse %j', async (name) => {
    const { newRole } = fixture();
    await expect(newRole(name)).rejects.toMatchObject({ code: 'ValidationError' });
  });

  it('may be those of built-in members', async () => {
    const { iam, newRole } = fixture();
    await expect(iam('GetRole', { RoleName: 'constructor' })).rejects.toMatchObject({ code: 'NoSuchEntity' });
    await newRole('__proto__');
    expect(await iam('GetRole', { RoleName: '__proto__' })).toMatchObject({
      Role: { Arn: `arn:aws:iam::${ACCOUNT_ID}:role/__proto__` },
    });
  });
});

describe('tags', () => {
  it('are told apart without their case', async () => {
    const { iam, newRole } = fixture();
    await newRole('r', { Tags: [{ Key: 'Team', Value: 'red' }] });
    await iam('TagRole', { RoleName: 'r', Tags: [{ Key: 'team', Value: 'blue' }] });
    expect(await iam('ListRoleTags', { RoleName: 'r' })).toMatchObject({
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    const twice = [
      { Key: 'a', Value: '1' },
      { Key: 'A', Value: '2' },
    ];
    await expect(iam('TagRole', { RoleName: 'r', Tags: twice })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
    await iam('UntagRole', { RoleName: 'r', TagKeys: ['TEAM'] });
    expect(await iam('ListRoleTags', { RoleName: 'r' })).toMatchObject({ Tags: [] });
  });

  it('are fifty at most', async () => {
    const { iam, newRole } = fixture();
    const tags = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => ({ Key: `${prefix}${index}`, Value: '' }));
    await newRole('r', { Tags: tags(30, 'a') });
    await expect(iam('TagRole', { RoleName: 'r', Tags: tags(21, 'b') })).rejects.toMatchObject({
      code: 'LimitExceeded',
    });
    await iam('TagRole', { RoleName: 'r', Tags: tags(20, 'b') });
  });
});

describe('quotas of a role', () => {
  it('are ten attached policies', async () => {
    const { iam, newRole } = fixture();
    await newRole('r');
    const { Policies } = await iam('ListPolicies', { Scope: 'AWS', MaxItems: 11 });
    const arns = (Policies as { Arn: string }[]).map(({ Arn }) => Arn);
    for (const PolicyArn of arns.slice(0, 10)) await iam('AttachRolePolicy', { RoleName: 'r', PolicyArn });
    await iam('AttachRolePolicy', { RoleName: 'r', PolicyArn: arns[0] });
    await expect(iam('AttachRolePolicy', { RoleName: 'r', PolicyArn: arns[10] })).rejects.toMatchObject({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    });
  });

  it('are 10,240 characters of its own policies together', async () => {
    const { iam, newRole } = fixture();
    await newRole('r');
    const put = (PolicyName: string, size: number) => {
      const statement = { Effect: 'Allow', Action: '*', Resource: 'x'.repeat(size) };
      const PolicyDocument = JSON.stringify({ Statement: [statement] });
      return iam('PutRolePolicy', { RoleName: 'r', PolicyName, PolicyDocument });
    };
    await put('a', 6000);
    await put('a', 6000);
    await expect(put('b', 6000)).rejects.toMatchObject({ code: 'LimitExceeded' });
    expect(await iam('ListRolePolicies', { RoleName: 'r' })).toMatchObject({ PolicyNames: ['a'] });
  });
});

describe("AWS's own policies", () => {
  const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

  it('have documents where runbooks look at them, and say so where they have none', async () => {
    const { iam } = fixture();
    const found = await iam('GetPolicyVersion', { PolicyArn: arn('AdministratorAccess'), VersionId: 'v1' });
    const { Document } = found.PolicyVersion as { Document: string };
    expect(JSON.parse(decodeURIComponent(Document))).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    const unknown = iam('GetPolicyVersion', { PolicyArn: arn('ReadOnlyAccess'), VersionId: 'v1' });
    await expect(unknown).rejects.toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('--account URL'),
    });
  });

  it('have paths', async () => {
    const { iam } = fixture();
    const PolicyArn = arn('service-role/AmazonEC2RoleforSSM');
    expect(await iam('GetPolicy', { PolicyArn })).toMatchObject({
      Policy: { PolicyName: 'AmazonEC2RoleforSSM', Path: '/service-role/' },
    });
  });

  it('are not changed', async () => {
    const { iam } = fixture();
    const PolicyArn = arn('ReadOnlyAccess');
    await expect(iam('DeletePolicy', { PolicyArn })).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});

it('has no regions', async () => {
  const { iam, newRole } = fixture();
  await newRole('r');
  expect(await iam('ListRoles', {}, 'eu-west-1')).toMatchObject({ Roles: [{ RoleName: 'r' }] });
});

it('lists who has a policy, by kind, page by page', async () => {
  const { iam, newRole } = fixture();
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  for (const name of ['a', 'b']) {
    await newRole(name);
    await iam('AttachRolePolicy', { RoleName: name, PolicyArn });
    await iam('CreateUser', { UserName: name });
    await iam('AttachUserPolicy', { UserName: name, PolicyArn });
  }
  const roles = await iam('ListEntitiesForPolicy', { PolicyArn, EntityFilter: 'Role' });
  expect(roles).toMatchObject({ PolicyRoles: [{ RoleName: 'a' }, { RoleName: 'b' }], PolicyUsers: [] });
  const first = await iam('ListEntitiesForPolicy', { PolicyArn, MaxItems: 3 });
  expect(first).toMatchObject({ IsTruncated: true, PolicyRoles: [{ RoleName: 'a' }] });
  const second = await iam('ListEntitiesForPolicy', { PolicyArn, MaxItems: 3, Marker: first.Marker });
  expect(second).toMatchObject({ IsTruncated: false, PolicyRoles: [{ RoleName: 'b' }], PolicyUsers: [] });
});
