import type { JsonObject } from '../../../local/service.ts';
import { at, type Contract, textAt, unique } from './contract.ts';

/** What a policy document in an answer says: there it is URL-encoded. */
export function decoded(value: unknown, ...path: readonly string[]): unknown {
  return JSON.parse(decodeURIComponent(textAt(value, ...path)));
}

export const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** A policy with odd characters in it, which have to come back as they were. */
export const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: "arn:aws:s3:::b/(ü)'*+ &<" }],
};

export const CORE = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';

export async function newRole({ iam }: Contract, input: JsonObject = {}): Promise<string> {
  const RoleName = unique('role');
  await iam('CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(TRUST), ...input });
  return RoleName;
}

/** A new instance profile with a role in it. */
export async function newProfile(contract: Contract): Promise<{ name: string; arn: string; role: string }> {
  const { iam } = contract;
  const [InstanceProfileName, RoleName] = [unique('profile'), await newRole(contract)];
  const made = await iam('CreateInstanceProfile', { InstanceProfileName });
  await iam('AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
  return { name: InstanceProfileName, arn: textAt(made, 'InstanceProfile', 'Arn'), role: RoleName };
}

export async function newUser({ iam }: Contract, input: JsonObject = {}): Promise<string> {
  const UserName = unique('user');
  await iam('CreateUser', { UserName, ...input });
  return UserName;
}

export async function newPolicy({ iam }: Contract): Promise<string> {
  const made = await iam('CreatePolicy', {
    PolicyName: unique('policy'),
    PolicyDocument: JSON.stringify(POLICY),
  });
  return textAt(at(made, 'Policy'), 'Arn');
}
