import { describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../../local/clock.ts';
import { randomIds } from '../../../../local/ids.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { createSystemsManager } from '../../../../local/ssm/systems-manager.ts';
import { CONTEXT, RecordingBus } from './automation/support.ts';
import { AGENT_POLICY } from './managed-instances/fleet.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

async function laptop() {
  const deps = { clock: systemClock, ids: randomIds, accountId: CONTEXT.accountId };
  const account = createMemoryAccount(deps);
  const { service } = createSystemsManager({ ...deps, account, events: new RecordingBus() });
  const on = (name: string) => (operation: string, input: JsonObject) =>
    account.call({ service: name, operation, input, region: CONTEXT.region });
  const [ec2, iam] = [on('ec2'), on('iam')];
  await iam('CreateRole', { RoleName: 'agent', AssumeRolePolicyDocument: TRUST });
  await iam('CreateInstanceProfile', { InstanceProfileName: 'profile' });
  await iam('AddRoleToInstanceProfile', { InstanceProfileName: 'profile', RoleName: 'agent' });
  const launch = async () => {
    const { Instances } = await ec2('RunInstances', { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 });
    return String((Instances as readonly JsonObject[])[0]?.InstanceId);
  };
  const ssm = async (name: string, input: JsonObject) =>
    (await service.operations[name]?.(input, CONTEXT)) as JsonObject;
  return { ec2, iam, ssm, launch };
}

describe('Systems Manager', () => {
  it('reaches an instance by Run Command and State Manager once it is managed, and not before', async () => {
    const { ec2, iam, ssm, launch } = await laptop();
    const InstanceId = await launch();
    const send = () => ssm('SendCommand', { DocumentName: 'AWS-RunShellScript', InstanceIds: [InstanceId] });
    const associate = () => ssm('CreateAssociation', { Name: 'AWS-GatherSoftwareInventory', InstanceId });
    const refused = {
      code: 'InvalidInstanceId',
      message: `Instances [[${InstanceId}]] not in a valid state for account ${CONTEXT.accountId}`,
    };
    await expect(send()).rejects.toMatchObject(refused);
    await ec2('AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile: { Name: 'profile' } });
    await expect(send()).rejects.toMatchObject(refused);
    await expect(associate()).rejects.toMatchObject(refused);
    await iam('AttachRolePolicy', { RoleName: 'agent', PolicyArn: AGENT_POLICY });
    expect(await send()).toMatchObject({ Command: { InstanceIds: [InstanceId] } });
    expect(await associate()).toMatchObject({ AssociationDescription: { InstanceId } });
    await ec2('StopInstances', { InstanceIds: [InstanceId] });
    await expect(send()).rejects.toMatchObject(refused);
  });

  it('sends nothing to instances that only their tags name, and that are not managed', async () => {
    const { ec2, ssm, launch } = await laptop();
    const InstanceId = await launch();
    await ec2('CreateTags', { Resources: [InstanceId], Tags: [{ Key: 'Stage', Value: 'prod' }] });
    const Targets = [{ Key: 'tag:Stage', Values: ['prod'] }];
    const { Command } = await ssm('SendCommand', { DocumentName: 'AWS-RunShellScript', Targets });
    const { CommandId } = Command as JsonObject;
    expect(await ssm('ListCommandInvocations', { CommandId })).toMatchObject({ CommandInvocations: [] });
  });
});
