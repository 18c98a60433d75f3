import { expect } from 'vitest';
import { describeGroupOf, newGroupOf, onlyMember } from './autoscaling-fixtures.ts';
import { at, type Contract, defaultVpc, describeInstance, newInstance, refuses, textAt } from './contract.ts';
import { newBucket } from './s3.ts';

/** Refusals of what the other suites read and change. */
export function refusals(contract: Contract): void {
  const { autoscaling, ec2, s3, tagging, test } = contract;

  test('What is no ID of a VPC, a subnet or a rule is refused', async () => {
    await refuses(ec2('DescribeVpcs', { VpcIds: ['vpc-x'] }), 'InvalidVpcID.Malformed');
    await refuses(ec2('DescribeSubnets', { SubnetIds: ['subnet-x'] }), 'InvalidSubnetID.Malformed');
    const rules = ec2('DescribeSecurityGroupRules', { SecurityGroupRuleIds: ['sgr-x'] });
    await refuses(rules, 'InvalidSecurityGroupRuleId.Malformed');
  });

  test('DetachVolume refuses an instance that does not have the volume', async () => {
    const [InstanceId, other] = [await newInstance(contract), await newInstance(contract)];
    const VolumeId = textAt(
      await describeInstance(contract, InstanceId),
      'BlockDeviceMappings',
      0,
      'Ebs',
      'VolumeId',
    );
    await refuses(ec2('DetachVolume', { VolumeId, InstanceId: other }), 'InvalidAttachment.NotFound');
  });

  test('An image and a snapshot are private again once that is reset', async () => {
    const InstanceId = await newInstance(contract);
    const { ImageId } = await ec2('CreateImage', { InstanceId, Name: `private-${InstanceId}` });
    const image = await ec2('DescribeImages', { ImageIds: [ImageId] });
    const SnapshotId = textAt(image, 'Images', 0, 'BlockDeviceMappings', 0, 'Ebs', 'SnapshotId');
    const everybody = [{ Group: 'all' }];
    await ec2('ModifyImageAttribute', { ImageId, LaunchPermission: { Add: everybody } });
    await ec2('ResetImageAttribute', { ImageId, Attribute: 'launchPermission' });
    const launch = await ec2('DescribeImageAttribute', { ImageId, Attribute: 'launchPermission' });
    expect(launch.LaunchPermissions ?? []).toEqual([]);
    await ec2('ModifySnapshotAttribute', { SnapshotId, CreateVolumePermission: { Add: everybody } });
    await ec2('ResetSnapshotAttribute', { SnapshotId, Attribute: 'createVolumePermission' });
    const create = await ec2('DescribeSnapshotAttribute', {
      SnapshotId,
      Attribute: 'createVolumePermission',
    });
    expect(create.CreateVolumePermissions ?? []).toEqual([]);
    const none = { ImageId: 'ami-0fedcba9876543210', Attribute: 'launchPermission' };
    await refuses(ec2('ResetImageAttribute', none), 'InvalidAMIID.NotFound');
  });

  test('A version that does not exist is not read, and what is unchanged is not read again', async () => {
    const Bucket = await newBucket(contract);
    await s3('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    const { ETag } = await s3('PutObject', { Bucket, Key: 'a', Body: 'x' });
    const VersionId = '0'.repeat(32);
    await refuses(s3('GetObject', { Bucket, Key: 'a', VersionId }), 'NoSuchVersion');
    const again = s3('GetObject', { Bucket, Key: 'a', IfNoneMatch: ETag });
    await expect(again).rejects.toMatchObject({ statusCode: 304 });
    await refuses(s3('GetObject', { Bucket, Key: 'a', IfMatch: '"other"' }), 'PreconditionFailed');
    await refuses(s3('PutObject', { Bucket, Key: 'x'.repeat(1025), Body: '' }), 'KeyTooLongError');
  });

  test('GetResources refuses a token that it did not give', async () => {
    const call = tagging('GetResources', { PaginationToken: 'none' });
    await refuses(call, 'PaginationTokenExpiredException');
  });

  test('A group of one network is not given to an interface of another', async () => {
    const instance = await describeInstance(contract, await newInstance(contract));
    const NetworkInterfaceId = textAt(instance, 'NetworkInterfaces', 0, 'NetworkInterfaceId');
    expect(at(instance, 'VpcId')).toBe(await defaultVpc(contract));
    const { Vpc } = await ec2('CreateVpc', { CidrBlock: '10.30.0.0/16' });
    const made = await ec2('CreateSecurityGroup', {
      GroupName: 'elsewhere',
      Description: 'elsewhere',
      VpcId: textAt(Vpc, 'VpcId'),
    });
    const Groups = [textAt(made, 'GroupId')];
    await refuses(ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Groups }), 'InvalidParameter');
  });

  test('SetInstanceHealth marks members of groups only', async () => {
    const group = await newGroupOf(contract, 1);
    const InstanceId = await onlyMember(contract, group);
    await autoscaling('SetInstanceHealth', { InstanceId, HealthStatus: 'Healthy' });
    expect(await describeGroupOf(contract, group)).toMatchObject({
      Instances: [{ InstanceId, HealthStatus: 'Healthy' }],
    });
    const none = { InstanceId: await newInstance(contract), HealthStatus: 'Unhealthy' };
    await refuses(autoscaling('SetInstanceHealth', none), 'ValidationError');
  });
}
