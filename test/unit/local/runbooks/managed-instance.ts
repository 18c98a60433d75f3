import type { JsonObject } from '../../../../local/service.ts';
import { type Bench, textAt } from './stand-in.ts';

export const AGENT_POLICY = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

let count = 0;

/** Gives an instance a profile, whose role has the policies named. @default the one with which it is managed */
export async function giveProfile(
  { call }: Pick<Bench, 'call'>,
  InstanceId: string,
  policies: readonly string[] = [AGENT_POLICY],
): Promise<string> {
  count += 1;
  const name = `managed-${count}`;
  const iam = (operation: string, input: JsonObject) => call('iam', operation, input);
  await iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument: TRUST });
  await iam('CreateInstanceProfile', { InstanceProfileName: name });
  await iam('AddRoleToInstanceProfile', { InstanceProfileName: name, RoleName: name });
  for (const PolicyArn of policies) await iam('AttachRolePolicy', { RoleName: name, PolicyArn });
  await call('ec2', 'AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile: { Name: name } });
  return name;
}

/** A running instance. */
export async function launch({ call }: Pick<Bench, 'call'>, input: JsonObject = {}): Promise<string> {
  const request = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, ...input };
  return textAt(await call('ec2', 'RunInstances', request), 'Instances', 0, 'InstanceId');
}
