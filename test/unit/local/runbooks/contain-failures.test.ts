import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../local/service.ts';
import type { Shown } from '../ssm/automation/support.ts';
import { newAutoScalingGroup, newWorld } from './contain-world.ts';
import { at, type Bench, createBench, stepsThat, textAt } from './stand-in.ts';

let bench: Bench;
beforeAll(() => {
  bench = createBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** Runs while the account refuses an operation, from the call of that number on. */
async function whileRefused(operation: string, run: () => Promise<Shown>, from = 1): Promise<Shown> {
  let count = 0;
  bench.answers.set(operation, () => {
    count += 1;
    if (count >= from) throw new AwsError('UnauthorizedOperation', 'You are not authorized.');
    return undefined;
  });
  try {
    return await run();
  } finally {
    bench.answers.clear();
  }
}

describe('a containment that fails', () => {
  it.each([
    ['s3:PutObject', 1, 'BackupInstanceSecurityGroups'],
    ['ec2:CreateSecurityGroup', 1, 'CreateAllAccessSecurityGroup'],
    ['ec2:ModifyNetworkInterfaceAttribute', 2, 'ReplaceByAllAccessSecurityGroup'],
    ['ec2:CreateSecurityGroup', 2, 'CreateContainmentSecurityGroup'],
    ['ec2:RevokeSecurityGroupEgress', 1, 'RevokeEgress'],
    ['ec2:ModifyNetworkInterfaceAttribute', 4, 'ReplaceByContainmentSecurityGroup'],
    ['ec2:DeleteSecurityGroup', 1, 'DeleteAllAccessSecurityGroup'],
  ])('at %s, call %i, says so, can be run again, and undone', async (operation, from, step) => {
    const world = await newWorld(bench);
    const before = await world.state();
    const failed = await whileRefused(operation, () => world.contain(), from);
    expect(failed.AutomationExecutionStatus).toBe('Failed');
    expect(failed.FailureMessage).toContain('UnauthorizedOperation');
    expect(stepsThat(failed, 'Failed')).toContain(step);
    const [report = ''] = failed.Outputs['ReportContainmentFailure.Output'] ?? [];
    expect(report).toContain(`s3://${world.bucket}/${world.key}`);
    expect(report).toContain(String(world.groups[0]?.[0]));
    expect(failed.Outputs['FinalOutput.Output']).toEqual([report]);
    expect((await world.contain()).AutomationExecutionStatus).toBe('Success');
    const [[group] = [], second] = await world.groupsNow();
    expect(second).toEqual([group]);
    const { IpPermissionsEgress: egress } = at(
      await bench.call('ec2', 'DescribeSecurityGroups', { GroupIds: [group] }),
      'SecurityGroups',
      0,
    ) as JsonObject;
    expect(egress).toEqual([]);
    expect((await world.restore()).AutomationExecutionStatus).toBe('Success');
    expect(await world.state()).toEqual(before);
  });

  it.each(['autoscaling:EnterStandby', 'autoscaling:UpdateAutoScalingGroup'])(
    'at %s restores the Auto Scaling group as it was',
    async (operation) => {
      const world = await newWorld(bench);
      const fleet = await newAutoScalingGroup(bench, { min: 2, desired: 2 });
      const InstanceId = [fleet.instanceId];
      const before = await world.state();
      const failed = await whileRefused(operation, () => world.contain({ InstanceId }));
      expect(failed.AutomationExecutionStatus).toBe('Failed');
      expect((await world.contain({ InstanceId })).AutomationExecutionStatus).toBe('Success');
      expect((await world.restore({ InstanceId })).AutomationExecutionStatus).toBe('Success');
      expect(await world.state()).toEqual(before);
    },
  );

  it('says so where the root volume is none of EBS, and the image was asked for', async () => {
    const world = await newWorld(bench);
    bench.answers.set('ec2:DescribeInstances', () => undefined);
    const described = await bench.call('ec2', 'DescribeInstances', { InstanceIds: [world.instanceId] });
    const instance = at(described, 'Reservations', 0, 'Instances', 0) as JsonObject;
    bench.answers.set('ec2:DescribeInstances', () => ({
      Reservations: [{ Instances: [{ ...instance, RootDeviceType: 'instance-store' }] }],
    }));
    const execution = await world.contain({ CreateAMIBackup: ['true'] });
    bench.answers.clear();
    expect(stepsThat(execution, 'Failed')).toContain('AssertSourceInstanceRootVolumeIsEbs');
    expect(execution.Outputs['ReportContainmentFailure.Output']?.[0]).toContain(world.instanceId);
  });
});

describe('a Restore that fails', () => {
  it('says so where there is no backup, and changes nothing', async () => {
    const world = await newWorld(bench);
    await world.contain();
    const before = await world.state();
    const execution = await world.restore({ BackupS3KeyName: ['no/such/key.json'] });
    expect(execution.FailureMessage).toContain('NoSuchKey');
    expect(execution.Outputs['ReportRestoreFailure.Output']?.[0]).toContain('no/such/key.json');
    expect((await world.restore({ BackupS3BucketName: ['no-such-bucket-0'] })).FailureMessage).toContain(
      'NoSuchBucket',
    );
    expect(await world.state()).toEqual(before);
  });

  it.each([
    ['is no JSON', '{"InstanceId":'],
    [
      'is of another instance',
      '{"InstanceId":"i-0123456789abcdef0","NetworkInterfaces":[],"AutoScalingGroups":[],"Tags":[]}',
    ],
    ['lacks the interfaces', '{"InstanceId":"i-0123456789abcdef0"}'],
  ])('refuses a backup that %s', async (_name, Body) => {
    const world = await newWorld(bench);
    await world.contain();
    const before = await world.state();
    await bench.call('s3', 'PutObject', { Bucket: world.bucket, Key: 'broken.json', Body });
    const execution = await world.restore({ BackupS3KeyName: ['broken.json'] });
    expect(execution.AutomationExecutionStatus).toBe('Failed');
    expect(execution.Outputs['ReportRestoreFailure.Output']).toHaveLength(1);
    expect(await world.state()).toEqual(before);
  });

  it('half-way can be run again', async () => {
    const world = await newWorld(bench);
    const before = await world.state();
    await world.contain();
    const failed = await whileRefused('ec2:ModifyNetworkInterfaceAttribute', () => world.restore(), 2);
    expect(failed.AutomationExecutionStatus).toBe('Failed');
    expect(failed.Outputs['ReportRestoreFailure.Output']?.[0]).toContain(String(world.groups[0]?.[0]));
    expect((await world.restore()).AutomationExecutionStatus).toBe('Success');
    expect(await world.state()).toEqual(before);
  });

  it('leaves a security group that something else uses by now', async () => {
    const world = await newWorld(bench);
    await world.contain();
    const [[group = ''] = []] = await world.groupsNow();
    const SubnetId = textAt(await bench.call('ec2', 'DescribeSubnets'), 'Subnets', 0, 'SubnetId');
    await bench.call('ec2', 'CreateNetworkInterface', { SubnetId, Groups: [group] });
    expect((await world.restore()).AutomationExecutionStatus).toBe('Success');
    expect(await world.groupsNow()).toEqual(world.groups);
    const left = await bench.call('ec2', 'DescribeSecurityGroups', { GroupIds: [group] });
    expect(left.SecurityGroups).toHaveLength(1);
  });
});
