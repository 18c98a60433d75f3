import { expect } from 'vitest';
import {
  at,
  type Contract,
  describeInstance,
  listAt,
  newGroup,
  newInstance,
  newVpc,
  refuses,
  textAt,
  unique,
} from './contract.ts';

const NO_INSTANCE = 'i-0fedcba9876543210';

export function instances(contract: Contract): void {
  const { ec2, test } = contract;

  test('RunInstances launches, and the instances run', async () => {
    const groupId = await newGroup(contract);
    const launched = await ec2('RunInstances', {
      ImageId: 'ami-12c6146b',
      InstanceType: 't3.micro',
      MinCount: 2,
      MaxCount: 2,
      SecurityGroupIds: [groupId],
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'pair' }] }],
    });
    const made = listAt(launched, 'Instances');
    expect(made).toHaveLength(2);
    expect(made[0]).toMatchObject({ State: { Name: 'pending', Code: 0 } });
    for (const each of made) {
      const instance = await describeInstance(contract, textAt(each, 'InstanceId'));
      expect(instance).toMatchObject({
        ImageId: 'ami-12c6146b',
        InstanceType: 't3.micro',
        State: { Name: 'running', Code: 16 },
        SecurityGroups: [{ GroupId: groupId }],
        NetworkInterfaces: [{ Groups: [{ GroupId: groupId }], Attachment: { DeviceIndex: 0 } }],
        Tags: [{ Key: 'Name', Value: 'pair' }],
      });
      expect(at(instance, 'LaunchTime')).toBeInstanceOf(Date);
      expect(textAt(instance, 'PrivateIpAddress')).toMatch(/^[\d.]+$/);
    }
  });

  test('RunInstances without a group takes the default one', async () => {
    const instance = await describeInstance(contract, await newInstance(contract));
    expect(instance).toMatchObject({ SecurityGroups: [{ GroupName: 'default' }] });
  });

  test('RunInstances with a client token launches once', async () => {
    const ClientToken = unique('token');
    const first = await newInstance(contract, { ClientToken });
    expect(await newInstance(contract, { ClientToken })).toBe(first);
    await refuses(newInstance(contract, { ClientToken, MaxCount: 2 }), 'IdempotentParameterMismatch');
  });

  test('RunInstances refuses what it cannot launch', async () => {
    await refuses(
      newInstance(contract, { SubnetId: 'subnet-0fedcba9876543210' }),
      'InvalidSubnetID.NotFound',
    );
    await refuses(
      newInstance(contract, { SecurityGroupIds: ['sg-0fedcba9876543210'] }),
      'InvalidGroup.NotFound',
    );
  });

  test('RunInstances refuses an image that is no ID', async () => {
    await refuses(newInstance(contract, { ImageId: 'linux' }), 'InvalidAMIID.Malformed');
  });

  test('RunInstances refuses more at least than at most', async () => {
    await refuses(newInstance(contract, { MinCount: 2, MaxCount: 1 }), 'InvalidParameterValue');
  });

  test('RunInstances refuses a group of another network', async () => {
    const groupId = await newGroup(contract, { VpcId: await newVpc(contract) });
    await refuses(newInstance(contract, { SecurityGroupIds: [groupId] }), 'InvalidParameter');
  });

  test('DescribeInstances filters by state, group and tag', async () => {
    const groupId = await newGroup(contract);
    const instanceId = await newInstance(contract, { SecurityGroupIds: [groupId] });
    const find = async (state: string) => {
      const found = await ec2('DescribeInstances', {
        Filters: [
          { Name: 'instance.group-id', Values: [groupId] },
          { Name: 'instance-state-name', Values: [state] },
        ],
      });
      return listAt(found, 'Reservations').map((each) => at(each, 'Instances', 0, 'InstanceId'));
    };
    expect(await find('running')).toEqual([instanceId]);
    expect(await find('stopped')).toEqual([]);
  });

  test('DescribeInstances refuses an ID that names nothing', async () => {
    await refuses(ec2('DescribeInstances', { InstanceIds: [NO_INSTANCE] }), 'InvalidInstanceID.NotFound');
  });

  test('DescribeInstances refuses what is no ID', async () => {
    await refuses(ec2('DescribeInstances', { InstanceIds: ['web-1'] }), 'InvalidInstanceID.Malformed');
  });

  test('Instances stop, start and end', async () => {
    const instanceId = await newInstance(contract);
    const InstanceIds = [instanceId];
    const state = async () => at(await describeInstance(contract, instanceId), 'State', 'Name');
    expect(await ec2('StopInstances', { InstanceIds })).toMatchObject({
      StoppingInstances: [
        { InstanceId: instanceId, PreviousState: { Name: 'running' }, CurrentState: { Name: 'stopping' } },
      ],
    });
    expect(await state()).toBe('stopped');
    expect(await ec2('StartInstances', { InstanceIds })).toMatchObject({
      StartingInstances: [{ PreviousState: { Name: 'stopped' }, CurrentState: { Name: 'pending' } }],
    });
    expect(await state()).toBe('running');
    expect(await ec2('TerminateInstances', { InstanceIds })).toMatchObject({
      TerminatingInstances: [{ PreviousState: { Name: 'running' }, CurrentState: { Name: 'shutting-down' } }],
    });
    expect(await describeInstance(contract, instanceId)).toMatchObject({
      State: { Name: 'terminated', Code: 48 },
    });
  });

  test('A terminated instance has no interfaces or groups', async () => {
    const instanceId = await newInstance(contract);
    await ec2('TerminateInstances', { InstanceIds: [instanceId] });
    expect(await describeInstance(contract, instanceId)).toMatchObject({
      SecurityGroups: [],
      NetworkInterfaces: [],
    });
  });

  test('A terminated instance neither starts nor stops', async () => {
    const InstanceIds = [await newInstance(contract)];
    await ec2('TerminateInstances', { InstanceIds });
    await refuses(ec2('StartInstances', { InstanceIds }), 'IncorrectInstanceState');
    await refuses(ec2('StopInstances', { InstanceIds }), 'IncorrectInstanceState');
  });

  test('Start, stop and terminate refuse an instance that does not exist, and touch none', async () => {
    const instanceId = await newInstance(contract);
    for (const operation of ['StartInstances', 'StopInstances', 'TerminateInstances']) {
      await refuses(ec2(operation, { InstanceIds: [instanceId, NO_INSTANCE] }), 'InvalidInstanceID.NotFound');
    }
    expect(await describeInstance(contract, instanceId)).toMatchObject({ State: { Name: 'running' } });
  });

  test('DescribeInstanceStatus shows running instances, and all when asked', async () => {
    const InstanceIds = [await newInstance(contract)];
    expect(await ec2('DescribeInstanceStatus', { InstanceIds })).toMatchObject({
      InstanceStatuses: [{ InstanceState: { Name: 'running' }, InstanceStatus: { Status: 'ok' } }],
    });
    await ec2('StopInstances', { InstanceIds });
    expect(await ec2('DescribeInstanceStatus', { InstanceIds })).toMatchObject({ InstanceStatuses: [] });
    expect(await ec2('DescribeInstanceStatus', { InstanceIds, IncludeAllInstances: true })).toMatchObject({
      InstanceStatuses: [{ InstanceState: { Name: 'stopped' } }],
    });
  });

  test('ModifyInstanceAttribute replaces the groups of an instance', async () => {
    const isolation = await newGroup(contract);
    const instanceId = await newInstance(contract);
    await ec2('ModifyInstanceAttribute', { InstanceId: instanceId, Groups: [isolation] });
    expect(await describeInstance(contract, instanceId)).toMatchObject({
      SecurityGroups: [{ GroupId: isolation }],
      NetworkInterfaces: [{ Groups: [{ GroupId: isolation }] }],
    });
  });

  test('ModifyInstanceAttribute refuses groups that do not exist', async () => {
    const Groups = ['sg-0fedcba9876543210'];
    const InstanceId = await newInstance(contract);
    await refuses(ec2('ModifyInstanceAttribute', { InstanceId, Groups }), 'InvalidGroup.NotFound');
  });

  test('ModifyInstanceAttribute refuses instances that do not exist', async () => {
    await refuses(
      ec2('ModifyInstanceAttribute', { InstanceId: NO_INSTANCE, Groups: [await newGroup(contract)] }),
      'InvalidInstanceID.NotFound',
    );
  });

  test('ModifyInstanceAttribute changes the type of a stopped instance only', async () => {
    const InstanceId = await newInstance(contract);
    const change = { InstanceId, InstanceType: { Value: 'm5.large' } };
    await refuses(ec2('ModifyInstanceAttribute', change), 'IncorrectInstanceState');
    await ec2('StopInstances', { InstanceIds: [InstanceId] });
    await ec2('ModifyInstanceAttribute', change);
    expect(await describeInstance(contract, InstanceId)).toMatchObject({ InstanceType: 'm5.large' });
  });

  test('An instance guarded against termination lives until the guard is off', async () => {
    const InstanceId = await newInstance(contract, { DisableApiTermination: true });
    const terminate = () => ec2('TerminateInstances', { InstanceIds: [InstanceId] });
    await refuses(terminate(), 'OperationNotPermitted');
    await ec2('ModifyInstanceAttribute', { InstanceId, DisableApiTermination: { Value: false } });
    await terminate();
  });
}
