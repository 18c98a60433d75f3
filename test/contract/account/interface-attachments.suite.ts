import { expect } from 'vitest';
import {
  at,
  type Contract,
  defaultVpc,
  describeInstance,
  listAt,
  newInstance,
  refuses,
  textAt,
} from './contract.ts';

const NO_ATTACHMENT = 'eni-attach-0fedcba9876543210';

/** Interfaces that are attached to instances and taken off them, as AttachNetworkInterface has it. */
export function interfaceAttachments(contract: Contract): void {
  const { ec2, test } = contract;

  const subnetIn = async (zone: string) => {
    const Filters = [
      { Name: 'vpc-id', Values: [await defaultVpc(contract)] },
      { Name: 'availability-zone', Values: [zone] },
    ];
    return textAt(await ec2('DescribeSubnets', { Filters }), 'Subnets', 0, 'SubnetId');
  };
  const newInterface = async (zone = 'us-east-1a') => {
    const made = await ec2('CreateNetworkInterface', { SubnetId: await subnetIn(zone) });
    return textAt(made, 'NetworkInterface', 'NetworkInterfaceId');
  };
  const newHost = async () => newInstance(contract, { SubnetId: await subnetIn('us-east-1a') });
  const describeInterface = async (id: string) => {
    const found = await ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] });
    return at(found, 'NetworkInterfaces', 0);
  };
  const attach = (NetworkInterfaceId: string, InstanceId: string, DeviceIndex = 1) =>
    ec2('AttachNetworkInterface', { NetworkInterfaceId, InstanceId, DeviceIndex });

  test('An interface is attached to an instance, taken off it and deleted', async () => {
    const [NetworkInterfaceId, InstanceId] = [await newInterface(), await newHost()];
    const AttachmentId = textAt(await attach(NetworkInterfaceId, InstanceId), 'AttachmentId');
    expect(AttachmentId).toMatch(/^eni-attach-[0-9a-f]+$/);
    expect(await describeInterface(NetworkInterfaceId)).toMatchObject({
      Status: 'in-use',
      Attachment: { AttachmentId, InstanceId, DeviceIndex: 1 },
    });
    const both = listAt(await describeInstance(contract, InstanceId), 'NetworkInterfaces');
    expect(both.map((each) => at(each, 'Attachment', 'DeviceIndex'))).toEqual([0, 1]);
    await ec2('DetachNetworkInterface', { AttachmentId });
    expect(await describeInterface(NetworkInterfaceId)).toMatchObject({ Status: 'available' });
    await ec2('DeleteNetworkInterface', { NetworkInterfaceId });
  });

  test('An attached interface stays when its instance is terminated, unless it is to go', async () => {
    const [kept, gone, InstanceId] = [await newInterface(), await newInterface(), await newHost()];
    await attach(kept, InstanceId);
    const AttachmentId = textAt(await attach(gone, InstanceId, 2), 'AttachmentId');
    await ec2('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: gone,
      Attachment: { AttachmentId, DeleteOnTermination: true },
    });
    await ec2('TerminateInstances', { InstanceIds: [InstanceId] });
    expect(await describeInterface(kept)).toMatchObject({ Status: 'available' });
    await refuses(describeInterface(gone), 'InvalidNetworkInterfaceID.NotFound');
  });

  test('AttachNetworkInterface refuses interfaces and instances that do not exist', async () => {
    const nothing = attach('eni-0fedcba9876543210', await newHost());
    await refuses(nothing, 'InvalidNetworkInterfaceID.NotFound');
    await refuses(attach(await newInterface(), 'i-0fedcba9876543210'), 'InvalidInstanceID.NotFound');
  });

  test('AttachNetworkInterface refuses an interface that is attached', async () => {
    const [id, host] = [await newInterface(), await newHost()];
    await attach(id, host);
    await refuses(attach(id, await newHost()), 'InvalidNetworkInterface.InUse');
    await refuses(attach(id, host, 2), 'InvalidNetworkInterface.InUse');
  });

  test('AttachNetworkInterface refuses a device index that is in use, or is none', async () => {
    const [id, host] = [await newInterface(), await newHost()];
    await refuses(attach(id, host, 0), 'InvalidParameterValue');
    await refuses(attach(id, host, -1), 'InvalidParameterValue');
    await attach(id, host);
    await refuses(attach(await newInterface(), host), 'InvalidParameterValue');
  });

  test('AttachNetworkInterface refuses another availability zone', async () => {
    const call = attach(await newInterface('us-east-1b'), await newHost());
    await refuses(call, 'InvalidParameterCombination');
  });

  test('AttachNetworkInterface refuses an instance that is terminated', async () => {
    const host = await newHost();
    await ec2('TerminateInstances', { InstanceIds: [host] });
    await refuses(attach(await newInterface(), host), 'IncorrectState');
  });

  test('The primary interface is not taken off', async () => {
    const instance = await describeInstance(contract, await newHost());
    const AttachmentId = textAt(instance, 'NetworkInterfaces', 0, 'Attachment', 'AttachmentId');
    await refuses(ec2('DetachNetworkInterface', { AttachmentId }), 'OperationNotPermitted');
  });

  test('DetachNetworkInterface refuses attachments that do not exist', async () => {
    await refuses(
      ec2('DetachNetworkInterface', { AttachmentId: NO_ATTACHMENT }),
      'InvalidAttachmentID.NotFound',
    );
    const [id, host] = [await newInterface(), await newHost()];
    const AttachmentId = textAt(await attach(id, host), 'AttachmentId');
    await ec2('DetachNetworkInterface', { AttachmentId });
    await refuses(ec2('DetachNetworkInterface', { AttachmentId }), 'InvalidAttachmentID.NotFound');
  });
}
