import { expect } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import { at, type Contract, listAt, newInstance, refuses, textAt, unique } from './contract.ts';
import { CORE, newProfile } from './iam-fixtures.ts';

const NONE = '00000000-0000-4000-8000-000000000000';
const NO_INSTANCE = 'i-0fedcba9876543210';

/** Run Command, managed instances and associations. */
export function ssmCommands(contract: Contract): void {
  const { ec2, iam, ssm, test } = contract;

  const newManaged = async (input: JsonObject = {}) => {
    const { name, role } = await newProfile(contract);
    await iam('AttachRolePolicy', { RoleName: role, PolicyArn: CORE });
    return newInstance(contract, { IamInstanceProfile: { Name: name }, ...input });
  };
  const send = (InstanceIds: readonly string[], input: JsonObject = {}) =>
    ssm('SendCommand', { DocumentName: 'AWS-RunShellScript', InstanceIds, ...input });
  const informationOf = async (id: string) =>
    at(
      await ssm('DescribeInstanceInformation', { Filters: [{ Key: 'InstanceIds', Values: [id] }] }),
      'InstanceInformationList',
    );

  test('A command is recorded, and what came of it', async () => {
    const InstanceId = await newManaged();
    const Parameters = { commands: ['uptime'] };
    const CommandId = textAt(await send([InstanceId], { Parameters }), 'Command', 'CommandId');
    const [command] = listAt(await ssm('ListCommands', { CommandId }), 'Commands');
    expect(command).toMatchObject({ CommandId, DocumentName: 'AWS-RunShellScript', Parameters });
    const invocation = await ssm('GetCommandInvocation', { CommandId, InstanceId });
    expect(invocation).toMatchObject({ CommandId, InstanceId, Status: 'Success', ResponseCode: 0 });
  });

  test('SendCommand reaches managed instances only', async () => {
    const [managed, other] = [await newManaged(), await newInstance(contract)];
    await refuses(send([other]), 'InvalidInstanceId');
    await refuses(send([managed, other]), 'InvalidInstanceId');
    await refuses(send([NO_INSTANCE]), 'InvalidInstanceId');
    await ec2('StopInstances', { InstanceIds: [managed] });
    await refuses(send([managed]), 'InvalidInstanceId');
  });

  test('SendCommand refuses the same instance twice', async () => {
    const id = await newManaged();
    await refuses(send([id, id]), 'DuplicateInstanceId');
  });

  test('SendCommand finds managed instances by their tags', async () => {
    const [managed, other] = [await newManaged(), await newInstance(contract)];
    const Value = unique('fleet');
    await ec2('CreateTags', { Resources: [managed, other], Tags: [{ Key: 'Fleet', Value }] });
    const Targets = [{ Key: 'tag:Fleet', Values: [Value] }];
    const sent = await ssm('SendCommand', { DocumentName: 'AWS-RunShellScript', Targets });
    const CommandId = textAt(sent, 'Command', 'CommandId');
    const found = listAt(await ssm('ListCommandInvocations', { CommandId }), 'CommandInvocations');
    expect(found.map((each) => at(each, 'InstanceId'))).toEqual([managed]);
    const none = [{ Key: 'name', Values: ['x'] }];
    await refuses(ssm('SendCommand', { DocumentName: 'AWS-RunShellScript', Targets: none }), 'InvalidTarget');
  });

  test('Commands and invocations that do not exist are told', async () => {
    const [id, other] = [await newManaged(), await newManaged()];
    const CommandId = textAt(await send([id]), 'Command', 'CommandId');
    await refuses(ssm('ListCommands', { CommandId: NONE }), 'InvalidCommandId');
    await refuses(ssm('CancelCommand', { CommandId: NONE }), 'InvalidCommandId');
    await refuses(ssm('CancelCommand', { CommandId, InstanceIds: [other] }), 'InvalidInstanceId');
    const invocation = (input: JsonObject) => ssm('GetCommandInvocation', input);
    await refuses(invocation({ CommandId, InstanceId: other }), 'InvocationDoesNotExist');
    await refuses(invocation({ CommandId: NONE, InstanceId: id }), 'InvocationDoesNotExist');
  });

  test('An instance is managed while it runs with a profile that allows it', async () => {
    const id = await newManaged();
    expect(await informationOf(id)).toMatchObject([{ InstanceId: id, PingStatus: 'Online' }]);
    await ec2('StopInstances', { InstanceIds: [id] });
    expect(await informationOf(id)).toMatchObject([{ InstanceId: id, PingStatus: 'ConnectionLost' }]);
    await ec2('TerminateInstances', { InstanceIds: [id] });
    expect(await informationOf(id)).toEqual([]);
    expect(await informationOf(await newInstance(contract))).toEqual([]);
  });

  test('DescribeInstanceInformation refuses filters that are none', async () => {
    const describe = (Key: string, Values: readonly string[]) =>
      ssm('DescribeInstanceInformation', { Filters: [{ Key, Values }] });
    await refuses(describe('Colour', ['red']), 'InvalidFilterKey');
    await refuses(describe('PingStatus', []), 'InvalidInstanceInformationFilterValue');
  });

  test('An instance has a patch state once AWS-RunPatchBaseline ran', async () => {
    const id = await newManaged();
    const states = async () =>
      at(await ssm('DescribeInstancePatchStates', { InstanceIds: [id] }), 'InstancePatchStates');
    expect(await states()).toEqual([]);
    await send([id], { DocumentName: 'AWS-RunPatchBaseline', Parameters: { Operation: ['Install'] } });
    expect(await states()).toMatchObject([{ InstanceId: id, Operation: 'Install', FailedCount: 0 }]);
  });

  test('An association is of one document and instance, which is managed', async () => {
    const InstanceId = await newManaged();
    const create = (input: JsonObject = {}) =>
      ssm('CreateAssociation', { Name: 'AWS-GatherSoftwareInventory', InstanceId, ...input });
    const AssociationId = textAt(await create(), 'AssociationDescription', 'AssociationId');
    await refuses(create(), 'AssociationAlreadyExists');
    await refuses(create({ InstanceId: await newInstance(contract) }), 'InvalidInstanceId');
    const status = await ssm('DescribeInstanceAssociationsStatus', { InstanceId });
    expect(status).toMatchObject({
      InstanceAssociationStatusInfos: [{ AssociationId, Name: 'AWS-GatherSoftwareInventory' }],
    });
    await ssm('DeleteAssociation', { AssociationId });
    await refuses(ssm('DescribeAssociation', { AssociationId }), 'AssociationDoesNotExist');
    await refuses(ssm('DeleteAssociation', { AssociationId }), 'AssociationDoesNotExist');
    const once = ssm('StartAssociationsOnce', { AssociationIds: [AssociationId] });
    await refuses(once, 'InvalidAssociation');
  });
}
