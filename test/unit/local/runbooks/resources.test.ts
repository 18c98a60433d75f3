import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { at, type Bench, ROLE, stepsThat, textAt } from './stand-in.ts';
import { TARGETS } from './targets.ts';

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(target.name, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    const ec2 = (operation: string, input: JsonObject = {}) => bench.call('ec2', operation, input);
    const newInstance = async () =>
      textAt(
        await ec2('RunInstances', {
          ImageId: 'ami-12c6146b',
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
        }),
        'Instances',
        0,
        'InstanceId',
      );
    const instance = async (id: string) =>
      at(await ec2('DescribeInstances', { InstanceIds: [id] }), 'Reservations', 0, 'Instances', 0);

    describe('AWSConfigRemediation-DeleteUnusedEBSVolume', () => {
      const run = (id: string, more: JsonObject = {}) =>
        bench.run('AWSConfigRemediation-DeleteUnusedEBSVolume', {
          VolumeId: [id],
          AutomationAssumeRole: [ROLE],
          ...more,
        });
      const newVolume = async () =>
        textAt(await ec2('CreateVolume', { AvailabilityZone: 'us-east-1a', Size: 8 }), 'VolumeId');
      const snapshotsOf = async (id: string) =>
        at(await ec2('DescribeSnapshots', { Filters: [{ Name: 'volume-id', Values: [id] }] }), 'Snapshots') ??
        [];

      it('takes a snapshot and deletes, and fails the second time', async () => {
        const id = await newVolume();
        expect((await run(id)).AutomationExecutionStatus).toBe('Success');
        expect(await snapshotsOf(id)).toHaveLength(1);
        expect((await run(id)).FailureMessage).toContain('InvalidVolume.NotFound');
      });

      it('takes no snapshot where none is wanted', async () => {
        const id = await newVolume();
        expect((await run(id, { CreateSnapshot: ['false'] })).AutomationExecutionStatus).toBe('Success');
        expect(await snapshotsOf(id)).toEqual([]);
      });

      it('refuses a volume that is in use', async () => {
        const id = textAt(await instance(await newInstance()), 'BlockDeviceMappings', 0, 'Ebs', 'VolumeId');
        const execution = await run(id);
        expect(stepsThat(execution, 'Failed')).toEqual(['AssertVolumeIsUnused']);
        expect(await snapshotsOf(id)).toEqual([]);
      });
    });

    describe('AWS-ReleaseElasticIP', () => {
      const run = (id: string) => bench.run('AWS-ReleaseElasticIP', { AllocationId: [id] });

      it('releases an address, once', async () => {
        const id = textAt(await ec2('AllocateAddress', { Domain: 'vpc' }), 'AllocationId');
        expect((await run(id)).AutomationExecutionStatus).toBe('Success');
        expect((await run(id)).FailureMessage).toContain('InvalidAllocationID.NotFound');
      });
    });

    describe('AWS-SetRequiredTags', () => {
      const run = (arns: readonly string[]) =>
        bench.run('AWS-SetRequiredTags', {
          ResourceARNs: arns,
          RequiredTags: ['{"Owner":"ops","Cost":"1"}'],
        });

      it.skipIf(target.isMoto)(
        'tags resources by ARN, and again (moto tags no instances by ARN)',
        async () => {
          const id = await newInstance();
          for (const _time of ['first', 'second']) {
            const execution = await run([`arn:aws:ec2:us-east-1:123456789012:instance/${id}`]);
            expect(execution.AutomationExecutionStatus).toBe('Success');
          }
          expect(at(await instance(id), 'Tags')).toEqual(
            expect.arrayContaining([
              { Key: 'Owner', Value: 'ops' },
              { Key: 'Cost', Value: '1' },
            ]),
          );
        },
      );

      it('says which resources were not tagged', async () => {
        bench.answers.set('resourcegroupstaggingapi:TagResources', () => ({
          FailedResourcesMap: {
            'arn:aws:x': { ErrorCode: 'InternalServiceException', ErrorMessage: 'busy' },
          },
        }));
        const execution = await run(['arn:aws:x']);
        bench.answers.clear();
        expect(execution.AutomationExecutionStatus).toBe('Failed');
        expect(execution.FailureMessage).toContain('busy');
      });

      it('fails for an ID, which is no ARN', async () => {
        bench.answers.set('resourcegroupstaggingapi:TagResources', () => {
          throw new AwsError('InvalidParameterException', 'Invalid ARN');
        });
        const execution = await run(['i-0123456789abcdef0']);
        bench.answers.clear();
        expect(stepsThat(execution, 'Failed')).toEqual(['SetRequiredTags']);
      });
    });
  });
}
