import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/service.ts';
import { at, type Bench, ROLE, stepsThat, textAt } from './stand-in.ts';
import { TARGETS } from './targets.ts';

const NO_INSTANCE = 'i-0123456789abcdef0';

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(target.name, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    const ec2 = (operation: string, input: JsonObject = {}) => bench.call('ec2', operation, input);
    const newInstance = async (more: JsonObject = {}) =>
      textAt(
        await ec2('RunInstances', {
          ImageId: 'ami-12c6146b',
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
          ...more,
        }),
        'Instances',
        0,
        'InstanceId',
      );
    const instance = async (id: string) =>
      at(await ec2('DescribeInstances', { InstanceIds: [id] }), 'Reservations', 0, 'Instances', 0);
    const newRole = async (name: string) => {
      await bench.call('iam', 'CreateRole', {
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        }),
      });
      return name;
    };

    describe('AWS-StopEC2Instance', () => {
      it('stops instances, also those that are stopped', async () => {
        const ids = [await newInstance(), await newInstance()];
        for (const _time of ['first', 'second']) {
          const execution = await bench.run('AWS-StopEC2Instance', { InstanceId: ids });
          expect(execution.AutomationExecutionStatus).toBe('Success');
        }
        for (const id of ids) expect(at(await instance(id), 'State', 'Name')).toBe('stopped');
      });

      it('fails for one that is not there', async () => {
        const execution = await bench.run('AWS-StopEC2Instance', { InstanceId: [NO_INSTANCE] });
        expect(execution.FailureMessage).toContain('InvalidInstanceID.NotFound');
      });
    });

    describe('AWSConfigRemediation-EnforceEC2InstanceIMDSv2', () => {
      const run = (id: string, more: JsonObject = {}) =>
        bench.run('AWSConfigRemediation-EnforceEC2InstanceIMDSv2', {
          InstanceId: [id],
          AutomationAssumeRole: [ROLE],
          ...more,
        });

      it.skipIf(target.isMoto)(
        'requires tokens, and leaves the hop limit as it is (moto resets it)',
        async () => {
          const id = await newInstance();
          await ec2('ModifyInstanceMetadataOptions', {
            InstanceId: id,
            HttpTokens: 'optional',
            HttpPutResponseHopLimit: 3,
          });
          for (const _time of ['first', 'second']) {
            expect((await run(id)).AutomationExecutionStatus).toBe('Success');
          }
          expect(at(await instance(id), 'MetadataOptions')).toMatchObject({
            HttpTokens: 'required',
            HttpPutResponseHopLimit: 3,
          });
        },
      );

      it('limits the hops where it is asked to', async () => {
        const id = await newInstance();
        expect((await run(id, { HttpPutResponseHopLimit: ['2'] })).AutomationExecutionStatus).toBe('Success');
        expect(at(await instance(id), 'MetadataOptions', 'HttpPutResponseHopLimit')).toBe(2);
      });

      it('fails for an instance that is not there', async () => {
        expect((await run(NO_INSTANCE)).FailureMessage).toContain('InvalidInstanceID.NotFound');
      });
    });

    describe('AWS-AttachIAMToInstance', () => {
      const run = (InstanceId: string, RoleName: string, more: JsonObject = {}) =>
        bench.run('AWS-AttachIAMToInstance', { InstanceId: [InstanceId], RoleName: [RoleName], ...more });
      const profileOf = async (id: string) =>
        String(at(await instance(id), 'IamInstanceProfile', 'Arn') ?? 'none').replace(/^.*\//, '');

      it('makes a profile for a role that has none, and uses it the next time', async () => {
        const role = await newRole('worker');
        const [one, two] = [await newInstance(), await newInstance()];
        const first = await run(one, role);
        expect(first.AutomationExecutionStatus).toBe('Success');
        expect(first.Outputs['GetInstanceProfile.InstanceProfileName']).toEqual(['worker']);
        const second = await run(two, role);
        expect(second.AutomationExecutionStatus).toBe('Success');
        expect(stepsThat(second, 'Pending')).toContain('CreateInstanceProfileForRole');
        expect(second.Outputs['ListInstanceProfilesForRole.InstanceProfileName']).toEqual(['worker']);
        expect([await profileOf(one), await profileOf(two)]).toEqual(['worker', 'worker']);
      });

      it('replaces a profile only where it may', async () => {
        const [old, next] = [await newRole('old'), await newRole('next')];
        const id = await newInstance();
        await run(id, old);
        const refused = await run(id, next, { ForceReplace: ['false'] });
        expect(refused.AutomationExecutionStatus).toBe('Failed');
        expect(await profileOf(id)).toBe('old');
        const replaced = await run(id, next);
        expect(replaced.AutomationExecutionStatus).toBe('Success');
        expect(await profileOf(id)).toBe('next');
      });

      it('fails for a role that is not there', async () => {
        const id = await newInstance();
        expect((await run(id, 'nobody')).FailureMessage).toContain('NoSuchEntity');
        expect(await profileOf(id)).toBe('none');
      });
    });

    describe('AWS-QuarantineEC2Instance', () => {
      const run = (InstanceId: string, IsolationSecurityGroup: string) =>
        bench.run('AWS-QuarantineEC2Instance', {
          InstanceId: [InstanceId],
          IsolationSecurityGroup: [IsolationSecurityGroup],
        });
      const newGroup = async (GroupName: string) =>
        textAt(
          await ec2('CreateSecurityGroup', {
            GroupName,
            Description: 'isolation',
            VpcId: await defaultVpc(),
          }),
          'GroupId',
        );
      const defaultVpc = async () =>
        textAt(
          await ec2('DescribeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] }),
          'Vpcs',
          0,
          'VpcId',
        );

      it.each(['ID', 'name'])("takes the group's %s, after a snapshot of the root volume", async (by) => {
        const name = `isolation-by-${by}`;
        const group = await newGroup(name);
        const before = await newGroup(`own-by-${by}`);
        const id = await newInstance({ SecurityGroupIds: [before] });
        const execution = await run(id, by === 'ID' ? group : name);
        expect(execution.AutomationExecutionStatus).toBe('Success');
        expect(at(await instance(id), 'SecurityGroups')).toMatchObject([{ GroupId: group }]);
        expect(execution.Outputs['GetEC2InstanceResources.RevokedSecurityGroupsIds']).toEqual([before]);
        const snapshots = await ec2('DescribeSnapshots', {
          SnapshotIds: execution.Outputs['createSnapshot.SnapId'],
        });
        expect(at(snapshots, 'Snapshots', 0, 'VolumeId')).toBe(
          at(await instance(id), 'BlockDeviceMappings', 0, 'Ebs', 'VolumeId'),
        );
      });

      it('refuses an instance of an Auto Scaling group, and changes nothing', async () => {
        const id = await newInstance();
        bench.answers.set('autoscaling:DescribeAutoScalingInstances', () => ({
          AutoScalingInstances: [{ AutoScalingGroupName: 'web' }],
        }));
        const execution = await run(id, 'isolation-by-name');
        bench.answers.clear();
        expect(stepsThat(execution, 'Failed')).toEqual(['PrepareQuarantineEC2Instance']);
        expect(stepsThat(execution, 'Pending')).toContain('createSnapshot');
      });

      it.each(['sg-0123456789abcdef0', 'no-such-group'])(
        'fails for the group %s that is not there',
        async (group) => {
          const execution = await run(await newInstance(), group);
          expect(execution.AutomationExecutionStatus).toBe('Failed');
          expect(stepsThat(execution, 'Failed')).toEqual([
            group.startsWith('sg-') ? 'FindGroupById' : 'AssertGroupByName',
          ]);
        },
      );
    });
  });
}
