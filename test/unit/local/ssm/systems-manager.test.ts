import { describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../../local/clock.ts';
import { randomIds } from '../../../../local/ids.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { createSystemsManager } from '../../../../local/ssm/systems-manager.ts';
import { CONTEXT, RecordingBus, type Shown } from './automation/support.ts';
import { AGENT_POLICY } from './managed-instances/fleet.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

async function laptop() {
  const deps = { clock: systemClock, ids: randomIds, accountId: CONTEXT.accountId };
  const account = createMemoryAccount(deps);
  const { service, automation } = createSystemsManager({ ...deps, account, events: new RecordingBus() });
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
  const run = async (DocumentName: string, given: Record<string, string>) => {
    const Parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]]));
    const { AutomationExecutionId } = await ssm('StartAutomationExecution', { DocumentName, Parameters });
    await automation.idle();
    const { AutomationExecution } = await ssm('GetAutomationExecution', { AutomationExecutionId });
    return AutomationExecution as Shown;
  };
  const close = () => automation.close();
  return { ec2, iam, ssm, launch, run, [Symbol.asyncDispose]: close };
}

describe('Systems Manager', () => {
  it('reaches an instance by Run Command and State Manager once it is managed, and not before', async () => {
    await using cloud = await laptop();
    const { ec2, iam, ssm, launch } = cloud;
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
    await using cloud = await laptop();
    const { ec2, ssm, launch } = cloud;
    const InstanceId = await launch();
    await ec2('CreateTags', { Resources: [InstanceId], Tags: [{ Key: 'Stage', Value: 'prod' }] });
    const Targets = [{ Key: 'tag:Stage', Values: ['prod'] }];
    const { Command } = await ssm('SendCommand', { DocumentName: 'AWS-RunShellScript', Targets });
    const { CommandId } = Command as JsonObject;
    expect(await ssm('ListCommandInvocations', { CommandId })).toMatchObject({ CommandInvocations: [] });
  });

  it('reaches an instance for a runbook once another has brought it under Systems Manager', async () => {
    await using cloud = await laptop();
    const { iam, launch, run } = cloud;
    await iam('AttachRolePolicy', { RoleName: 'agent', PolicyArn: AGENT_POLICY });
    const InstanceId = await launch();
    const patch = () => run('Remediator-InstallMissingPatches', { InstanceId });
    expect((await patch()).AutomationExecutionStatus).toBe('Failed');
    const manage = { InstanceId, InstanceProfileName: 'profile' };
    for (const _time of ['first', 'second']) {
      const managed = await run('Remediator-ManageInstanceWithSystemsManager', manage);
      expect(managed.AutomationExecutionStatus, managed.FailureMessage).toBe('Success');
    }
    const patched = await patch();
    expect(patched.AutomationExecutionStatus, patched.FailureMessage).toBe('Success');
  });
});
