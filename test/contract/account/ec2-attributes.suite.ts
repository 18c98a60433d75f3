import { expect } from 'vitest';
import { at, type Contract, describeInstance, newGroup, newInstance, refuses } from './contract.ts';

export function ec2Attributes(contract: Contract): void {
  const { ec2, test } = contract;
  const attribute = (InstanceId: string, Attribute: string) =>
    ec2('DescribeInstanceAttribute', { InstanceId, Attribute });

  test('DescribeInstanceAttribute shows one attribute', async () => {
    const groupId = await newGroup(contract);
    const InstanceId = await newInstance(contract, { SecurityGroupIds: [groupId] });
    expect(await attribute(InstanceId, 'instanceType')).toMatchObject({
      InstanceId,
      InstanceType: { Value: 't3.micro' },
    });
    expect(await attribute(InstanceId, 'disableApiTermination')).toMatchObject({
      DisableApiTermination: { Value: false },
    });
    expect(await attribute(InstanceId, 'instanceInitiatedShutdownBehavior')).toMatchObject({
      InstanceInitiatedShutdownBehavior: { Value: 'stop' },
    });
    expect(at(await attribute(InstanceId, 'groupSet'), 'Groups', 0, 'GroupId')).toBe(groupId);
    expect(at(await attribute(InstanceId, 'sourceDestCheck'), 'SourceDestCheck', 'Value')).toBe(true);
  });

  test('DescribeInstanceAttribute shows user data', async () => {
    const UserData = Buffer.from('#!/bin/sh\n').toString('base64');
    const InstanceId = await newInstance(contract, { UserData });
    expect(await attribute(InstanceId, 'userData')).toMatchObject({ UserData: { Value: UserData } });
  });

  test('DescribeInstanceAttribute shows devices', async () => {
    const InstanceId = await newInstance(contract);
    expect(await attribute(InstanceId, 'blockDeviceMapping')).toMatchObject({
      BlockDeviceMappings: [{ Ebs: { DeleteOnTermination: true } }],
    });
  });

  test('DescribeInstanceAttribute refuses attributes and instances that do not exist', async () => {
    await refuses(attribute('i-0fedcba9876543210', 'instanceType'), 'InvalidInstanceID.NotFound');
    await refuses(attribute(await newInstance(contract), 'colour'), 'InvalidParameterValue');
  });

  test('ModifyInstanceAttribute takes an attribute by its name and value', async () => {
    const InstanceId = await newInstance(contract);
    await ec2('ModifyInstanceAttribute', { InstanceId, Attribute: 'disableApiTermination', Value: 'true' });
    expect(await attribute(InstanceId, 'disableApiTermination')).toMatchObject({
      DisableApiTermination: { Value: true },
    });
    await ec2('ModifyInstanceAttribute', { InstanceId, DisableApiTermination: { Value: false } });
    expect(await attribute(InstanceId, 'disableApiTermination')).toMatchObject({
      DisableApiTermination: { Value: false },
    });
  });

  test('ModifyInstanceAttribute refuses a value that is none', async () => {
    const InstanceId = await newInstance(contract);
    const bad = { InstanceId, Attribute: 'disableApiTermination', Value: 'perhaps' };
    await refuses(ec2('ModifyInstanceAttribute', bad), 'InvalidParameterValue');
  });

  test('ModifyInstanceAttribute says whether a volume goes with its instance', async () => {
    const InstanceId = await newInstance(contract);
    const device = at(await describeInstance(contract, InstanceId), 'RootDeviceName');
    const change = (DeviceName: unknown) =>
      ec2('ModifyInstanceAttribute', {
        InstanceId,
        BlockDeviceMappings: [{ DeviceName, Ebs: { DeleteOnTermination: false } }],
      });
    await change(device);
    expect(await describeInstance(contract, InstanceId)).toMatchObject({
      BlockDeviceMappings: [{ Ebs: { DeleteOnTermination: false } }],
    });
    await refuses(change('/dev/sdz'), 'InvalidInstanceAttributeValue');
  });

  test('ModifyInstanceMetadataOptions requires tokens, and leaves the rest', async () => {
    const InstanceId = await newInstance(contract);
    const changed = await ec2('ModifyInstanceMetadataOptions', {
      InstanceId,
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
    });
    expect(changed).toMatchObject({ InstanceId, InstanceMetadataOptions: { HttpTokens: 'required' } });
    expect(await describeInstance(contract, InstanceId)).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 },
    });
  });

  test('ModifyInstanceMetadataOptions refuses values that do not exist', async () => {
    const InstanceId = await newInstance(contract);
    const change = (input: object) => ec2('ModifyInstanceMetadataOptions', { InstanceId, ...input });
    await refuses(change({ HttpTokens: 'maybe' }), 'InvalidParameterValue');
    await refuses(change({ HttpPutResponseHopLimit: 65 }), 'InvalidParameterValue');
    await refuses(change({ InstanceId: 'i-0fedcba9876543210' }), 'InvalidInstanceID.NotFound');
  });

  test('RebootInstances leaves a running instance running, and refuses what does not run', async () => {
    const InstanceIds = [await newInstance(contract)];
    await ec2('RebootInstances', { InstanceIds });
    expect(await describeInstance(contract, InstanceIds[0] ?? '')).toMatchObject({
      State: { Name: 'running' },
    });
    await refuses(
      ec2('RebootInstances', { InstanceIds: ['i-0fedcba9876543210'] }),
      'InvalidInstanceID.NotFound',
    );
  });

  test('MonitorInstances and UnmonitorInstances switch monitoring', async () => {
    const InstanceIds = [await newInstance(contract)];
    const state = async () =>
      at(await describeInstance(contract, InstanceIds[0] ?? ''), 'Monitoring', 'State');
    await ec2('MonitorInstances', { InstanceIds });
    expect(await state()).toBe('enabled');
    await ec2('UnmonitorInstances', { InstanceIds });
    expect(await state()).toBe('disabled');
  });
}
