import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/service.ts';
import { newAutoScalingGroup, newWorld } from './contain-world.ts';
import { at, type Bench } from './stand-in.ts';
import { TARGETS } from './targets.ts';

const READS = /^(ec2|s3|autoscaling):(Describe|Get|Head|List)/;

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(`AWSSupport-ContainEC2Instance ${target.name}`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    const groupOf = async (GroupId: string) =>
      at(await bench.call('ec2', 'DescribeSecurityGroups', { GroupIds: [GroupId] }), 'SecurityGroups', 0);
    const groupsNamed = async (name: string) =>
      at(
        await bench.call('ec2', 'DescribeSecurityGroups', {
          Filters: [{ Name: 'group-name', Values: [name] }],
        }),
        'SecurityGroups',
      );

    it('cuts every interface off, says where the backup is, and restores all as it was', async () => {
      const world = await newWorld(bench);
      const before = await world.state();
      const contained = await world.contain();
      expect(contained.AutomationExecutionStatus).toBe('Success');
      const [[group = '', ...more] = [], second] = await world.groupsNow();
      expect([more, second]).toEqual([[], [group]]);
      expect(await groupOf(group)).toMatchObject({
        GroupName: `AWSSupport-ContainEC2Instance-Containment-${world.instanceId}`,
        IpPermissions: [],
        IpPermissionsEgress: [],
      });
      expect(await groupsNamed(`AWSSupport-ContainEC2Instance-AllAccess-${world.instanceId}`)).toEqual([]);
      expect(await world.backup()).toMatchObject({
        InstanceId: world.instanceId,
        NetworkInterfaces: [
          { GroupIds: world.groups[0] },
          { GroupIds: expect.arrayContaining([...(world.groups[1] ?? [])]) },
        ],
        AutoScalingGroups: [],
      });
      expect(contained.Outputs['ReportContain.Output']).toEqual([
        expect.stringContaining(`s3://${world.bucket}/${world.key}`),
      ]);
      expect(contained.Outputs['FinalOutput.Output']).toEqual(contained.Outputs['ReportContain.Output']);

      const restored = await world.restore();
      expect(restored.AutomationExecutionStatus).toBe('Success');
      expect(await world.state()).toEqual(before);
      for (const step of ['RestoreInstanceConfiguration', 'ReportRestore', 'FinalOutput']) {
        expect(restored.Outputs[`${step}.Output`]).toEqual([expect.stringContaining(world.instanceId)]);
      }
    });

    it('goes by way of a group that allows all, so that connections are cut', async () => {
      const world = await newWorld(bench);
      const seen: unknown[] = [];
      bench.answers.set('ec2:ModifyNetworkInterfaceAttribute', ({ Groups }) => {
        seen.push(Groups);
        return undefined;
      });
      await world.contain();
      bench.answers.clear();
      const [[final] = []] = await world.groupsNow();
      expect(seen).toHaveLength(4);
      expect(seen.slice(2)).toEqual([[final], [final]]);
      expect(seen[0]).toEqual(seen[1]);
      expect(seen[0]).not.toEqual([final]);
    });

    it('changes nothing in a dry run, and says what it would do', async () => {
      const world = await newWorld(bench);
      const before = await world.state();
      bench.calls.length = 0;
      const execution = await world.contain({ DryRun: ['true'], CreateAMIBackup: ['true'] });
      expect(execution.AutomationExecutionStatus).toBe('Success');
      expect(bench.calls.filter((call) => !READS.test(call))).toEqual([]);
      expect(await world.state()).toEqual(before);
      const [report] = execution.Outputs['ReportContain.Output'] ?? [];
      expect(report).toMatch(/^Dry run, nothing was changed\. Contain would save/);
      expect(report).toContain(`s3://${world.bucket}/${world.key}`);
      expect(report).toContain(String(world.groups[0]?.[0]));
    });

    it('changes nothing in a dry run of Restore', async () => {
      const world = await newWorld(bench);
      await world.contain();
      const before = await world.state();
      bench.calls.length = 0;
      const execution = await world.restore({ DryRun: ['true'] });
      expect(execution.AutomationExecutionStatus).toBe('Success');
      expect(bench.calls.filter((call) => !READS.test(call))).toEqual([]);
      expect(await world.state()).toEqual(before);
      const [report] = execution.Outputs['RestoreInstanceConfiguration.Output'] ?? [];
      expect(report).toContain('Restore would give');
      expect(report).toContain(String(world.groups[1]?.[0]));
    });

    it('is a dry run unless it is told not to be', async () => {
      const world = await newWorld(bench);
      const before = await world.state();
      const execution = await world.contain({ DryRun: undefined });
      expect(execution.AutomationExecutionStatus).toBe('Success');
      expect(execution.Parameters.DryRun).toEqual(['true']);
      expect(await world.state()).toEqual(before);
    });

    it('allows the traffic that it is told to, and no other', async () => {
      const world = await newWorld(bench);
      const rule = (Cidr: string, port: number | string) =>
        JSON.stringify({ Cidr, IpProtocol: 'tcp', FromPort: port, ToPort: port });
      const execution = await world.contain({
        IngressTrafficRules: [rule('192.0.2.1/32', 22), rule('2001:db8::/64', '3389')],
        EgressTrafficRules: [rule('192.0.2.0/24', 443)],
      });
      expect(execution.AutomationExecutionStatus).toBe('Success');
      const [[group = ''] = []] = await world.groupsNow();
      const found = (await groupOf(group)) as JsonObject;
      expect(found.IpPermissions).toHaveLength(2);
      expect(found.IpPermissions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            FromPort: 22,
            IpRanges: [expect.objectContaining({ CidrIp: '192.0.2.1/32' })],
          }),
          expect.objectContaining({
            FromPort: 3389,
            Ipv6Ranges: [expect.objectContaining({ CidrIpv6: '2001:db8::/64' })],
          }),
        ]),
      );
      expect(found.IpPermissionsEgress).toEqual([
        expect.objectContaining({
          FromPort: 443,
          IpRanges: [expect.objectContaining({ CidrIp: '192.0.2.0/24' })],
        }),
      ]);
    });

    it.each([
      ['as few as MinSize', { min: 2, desired: 2 }, { min: 1, desired: 1 }],
      ['more than MinSize', { min: 1, desired: 2 }, { min: 1, desired: 1 }],
    ])(
      'takes an instance out of an Auto Scaling group with %s, and puts it back',
      async (_name, sizes, within) => {
        const world = await newWorld(bench);
        const fleet = await newAutoScalingGroup(bench, sizes);
        const InstanceId = [fleet.instanceId];
        const before = await world.state();
        const contained = await world.contain({ InstanceId });
        expect(contained.AutomationExecutionStatus).toBe('Success');
        expect(await fleet.group()).toMatchObject({ MinSize: within.min, DesiredCapacity: within.desired });
        const member = (at(await fleet.group(), 'Instances') as JsonObject[]).find(
          (each) => each.InstanceId === fleet.instanceId,
        );
        expect(member).toMatchObject({ LifecycleState: 'Standby' });
        expect((await world.backup()).AutoScalingGroups).toEqual([
          { AutoScalingGroupName: fleet.name, LifecycleState: 'InService', MinSize: sizes.min },
        ]);
        const restored = await world.restore({ InstanceId });
        expect(restored.AutomationExecutionStatus).toBe('Success');
        expect(await world.state()).toEqual(before);
      },
    );

    it('makes an image and an encrypted copy, which Restore keeps', async () => {
      const world = await newWorld(bench);
      const execution = await world.contain({ CreateAMIBackup: ['true'] });
      expect(execution.AutomationExecutionStatus).toBe('Success');
      const [report = ''] = execution.Outputs['ReportContain.Output'] ?? [];
      const ids = report.match(/ami-[0-9a-f]+/g) ?? [];
      expect(ids).toHaveLength(2);
      await world.restore();
      const { Images: images } = await bench.call('ec2', 'DescribeImages', { ImageIds: ids });
      expect(
        (images as JsonObject[]).map(({ Name, Tags }) => [
          String(Name).includes(world.instanceId),
          Tags ?? [],
        ]),
      ).toEqual([
        [true, []],
        [true, []],
      ]);
    });

    it('goes on where an earlier containment is, whose backup is the one that counts', async () => {
      const world = await newWorld(bench);
      const before = await world.state();
      await world.contain();
      const contained = await world.state();
      const opened: unknown[] = [];
      bench.answers.set('ec2:ModifyNetworkInterfaceAttribute', ({ Groups }) => {
        opened.push(Groups);
        return undefined;
      });
      const again = await world.contain({ BackupS3KeyName: ['backups/later.json'] });
      bench.answers.clear();
      expect(again.AutomationExecutionStatus).toBe('Success');
      expect(again.Outputs['ReportContain.Output']?.[0]).toContain(`s3://${world.bucket}/${world.key}`);
      expect(await world.state()).toEqual(contained);
      expect(opened).toEqual(await world.groupsNow());
      await world.restore();
      expect(await world.state()).toEqual(before);
      const twice = await world.restore();
      expect(twice.AutomationExecutionStatus).toBe('Success');
      expect(await world.state()).toEqual(before);
    });
  });
}
