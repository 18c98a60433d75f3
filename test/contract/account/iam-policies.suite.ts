import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, textAt, unique } from './contract.ts';
import { CORE, decoded, newPolicy, newRole, newUser, POLICY } from './iam-fixtures.ts';

export function iamPolicies(contract: Contract): void {
  const { iam, test } = contract;
  const PolicyDocument = JSON.stringify(POLICY);

  test('CreatePolicy makes a policy, which its version shows', async () => {
    const PolicyName = unique('policy');
    const made = await iam('CreatePolicy', { PolicyName, PolicyDocument, Description: 'for a test' });
    const PolicyArn = textAt(made, 'Policy', 'Arn');
    expect(PolicyArn).toMatch(new RegExp(`^arn:aws:iam::\\d{12}:policy/${PolicyName}$`));
    expect(await iam('GetPolicy', { PolicyArn })).toMatchObject({
      Policy: { PolicyName, DefaultVersionId: 'v1', AttachmentCount: 0, Description: 'for a test' },
    });
    const version = await iam('GetPolicyVersion', { PolicyArn, VersionId: 'v1' });
    expect(version).toMatchObject({ PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true } });
    expect(decoded(version, 'PolicyVersion', 'Document')).toEqual(POLICY);
    await refuses(iam('CreatePolicy', { PolicyName, PolicyDocument }), 'EntityAlreadyExists');
  });

  test('CreatePolicy refuses documents that are no policy', async () => {
    const refused = (document: string) =>
      refuses(
        iam('CreatePolicy', { PolicyName: unique('policy'), PolicyDocument: document }),
        'MalformedPolicyDocument',
      );
    const [statement] = POLICY.Statement;
    const withStatement = (each: object) => JSON.stringify({ Version: '2012-10-17', Statement: [each] });
    await refused('not json');
    await refused(withStatement({ ...statement, Principal: '*' }));
    await refused(withStatement({ Effect: 'Allow', Action: 's3:*' }));
    await refused(withStatement({ Effect: 'Maybe', Action: 's3:*', Resource: '*' }));
    await refused(JSON.stringify({ ...POLICY, Version: '2020-01-01' }));
  });

  test('A policy has versions, one of them the default', async () => {
    const PolicyArn = await newPolicy(contract);
    const made = await iam('CreatePolicyVersion', { PolicyArn, PolicyDocument, SetAsDefault: true });
    expect(made).toMatchObject({ PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true } });
    await refuses(iam('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' }), 'DeleteConflict');
    await refuses(iam('DeletePolicy', { PolicyArn }), 'DeleteConflict');
    await iam('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' });
    await iam('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' });
    const versions = listAt(await iam('ListPolicyVersions', { PolicyArn }), 'Versions');
    expect(versions.map((version) => at(version, 'VersionId'))).toEqual(['v1']);
    await refuses(iam('GetPolicyVersion', { PolicyArn, VersionId: 'v2' }), 'NoSuchEntity');
    await iam('DeletePolicy', { PolicyArn });
    await refuses(iam('GetPolicy', { PolicyArn }), 'NoSuchEntity');
  });

  test('A policy has at most five versions', async () => {
    const PolicyArn = await newPolicy(contract);
    for (let made = 1; made < 5; made++) await iam('CreatePolicyVersion', { PolicyArn, PolicyDocument });
    await refuses(iam('CreatePolicyVersion', { PolicyArn, PolicyDocument }), 'LimitExceeded');
  });

  test('DeletePolicy refuses a policy that something has, ListEntitiesForPolicy tells what', async () => {
    const PolicyArn = await newPolicy(contract);
    const [RoleName, UserName] = [await newRole(contract), await newUser(contract)];
    await iam('AttachRolePolicy', { RoleName, PolicyArn });
    await iam('AttachUserPolicy', { UserName, PolicyArn });
    await refuses(iam('DeletePolicy', { PolicyArn }), 'DeleteConflict');
    expect(await iam('ListEntitiesForPolicy', { PolicyArn })).toMatchObject({
      PolicyRoles: [{ RoleName }],
      PolicyUsers: [{ UserName }],
    });
    expect(at(await iam('GetPolicy', { PolicyArn }), 'Policy', 'AttachmentCount')).toBe(2);
    await iam('DetachRolePolicy', { RoleName, PolicyArn });
    await iam('DetachUserPolicy', { UserName, PolicyArn });
    await iam('DeletePolicy', { PolicyArn });
  });

  test("AWS's own policies are there", async () => {
    expect(await iam('GetPolicy', { PolicyArn: CORE })).toMatchObject({
      Policy: { PolicyName: 'AmazonSSMManagedInstanceCore', Path: '/', IsAttachable: true },
    });
    const found = await iam('ListPolicies', { Scope: 'AWS', PathPrefix: '/job-function/', MaxItems: 5 });
    expect(listAt(found, 'Policies')).toHaveLength(5);
    expect(textAt(found, 'Policies', 0, 'Arn')).toMatch(/^arn:aws:iam::aws:policy\/job-function\//);
  });

  test("ListPolicies shows one's own alone when asked", async () => {
    const PolicyArn = await newPolicy(contract);
    const policies = listAt(await iam('ListPolicies', { Scope: 'Local' }), 'Policies');
    expect(policies.map((policy) => at(policy, 'Arn'))).toContain(PolicyArn);
    expect(policies.filter((policy) => textAt(policy, 'Arn').includes('::aws:'))).toEqual([]);
  });

  test('GetPolicy refuses an ARN that names nothing', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/NoSuchPolicyOfAmazon';
    await refuses(iam('GetPolicy', { PolicyArn }), 'NoSuchEntity');
  });
}
