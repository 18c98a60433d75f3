import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { giveProfile, launch } from './managed-instance.ts';
import { at, type Bench, type BenchOptions, createBench, stepsThat, textAt } from './stand-in.ts';

const broken: BenchOptions = {
  respond: () => {
    throw new Error('no space left on device');
  },
};

const run = (bench: Bench, InstanceId: string, more: JsonObject = {}) =>
  bench.run('AWS-PatchInstanceWithRollback', { InstanceId: [InstanceId], ...more });

async function managedInstance(bench: Bench): Promise<string> {
  const id = await launch(bench, {
    TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'Owner', Value: 'ann' }] }],
  });
  await giveProfile(bench, id);
  return id;
}

/** Snapshots of the account's own; all volumes; the instance's state and its root volume, with how it is attached. */
async function worldOf(bench: Bench, InstanceId: string) {
  const ec2 = (operation: string, input: JsonObject) => bench.call('ec2', operation, input);
  const described = await ec2('DescribeInstances', { InstanceIds: [InstanceId] });
  const instance = at(described, 'Reservations', 0, 'Instances', 0);
  const { Snapshots } = await ec2('DescribeSnapshots', { OwnerIds: ['self'] });
  const { Volumes } = await ec2('DescribeVolumes', {});
  const volumes = (Volumes as JsonObject[]).map(({ VolumeId, Tags }) => ({ VolumeId, Tags }));
  return {
    state: textAt(instance, 'State', 'Name'),
    devices: at(instance, 'BlockDeviceMappings') as { DeviceName: string; Ebs: JsonObject }[],
    snapshots: (Snapshots as JsonObject[]).length,
    volumes,
  };
}

describe('AWS-PatchInstanceWithRollback', () => {
  it('installs patches and leaves the volume as it is, and again', async () => {
    const seen: unknown[] = [];
    await using bench = createBench({
      respond: async ({ documentName, parameters }, id) => {
        seen.push([documentName, parameters, (await worldOf(bench, id)).snapshots]);
        return { output: 'patched' };
      },
    });
    const id = await managedInstance(bench);
    const before = await worldOf(bench, id);
    for (const _time of ['first', 'second']) {
      const execution = await run(bench, id);
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
      expect(await worldOf(bench, id)).toEqual(before);
    }
    const snapshot = before.snapshots + 1;
    expect(seen).toEqual(Array(2).fill(['AWS-RunPatchBaseline', { Operation: ['Install'] }, snapshot]));
  });

  it('writes the report where a bucket is named', async () => {
    await using bench = createBench();
    const id = await managedInstance(bench);
    await bench.call('s3', 'CreateBucket', { Bucket: 'reports' });
    const execution = await run(bench, id, { ReportS3Bucket: ['reports'] });
    expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
    const Key = `AWS-PatchInstanceWithRollback/${id}/${execution.AutomationExecutionId}.json`;
    const { Body } = await bench.call('s3', 'GetObject', { Bucket: 'reports', Key });
    expect(JSON.parse(Buffer.from(Body as Uint8Array).toString())).toMatchObject({
      InstanceId: id,
      PatchState: { Operation: 'Install', FailedCount: 0 },
    });
  });

  it('fails where the report cannot be written, with the instance patched and no snapshot left', async () => {
    await using bench = createBench();
    const id = await managedInstance(bench);
    const before = await worldOf(bench, id);
    const execution = await run(bench, id, { ReportS3Bucket: ['none'] });
    expect(execution.AutomationExecutionStatus).toBe('Failed');
    expect(stepsThat(execution, 'Failed')).toEqual(['SaveComplianceReportToS3']);
    expect(await worldOf(bench, id)).toEqual(before);
  });

  it('puts back the root volume as it was where patching fails, and again', async () => {
    await using bench = createBench(broken);
    const id = await managedInstance(bench);
    const before = await worldOf(bench, id);
    for (const _time of ['first', 'second']) {
      const earlier = await worldOf(bench, id);
      const execution = await run(bench, id);
      expect(execution.AutomationExecutionStatus).toBe('Failed');
      expect(execution.FailureMessage).toContain('no space left on device');
      expect(stepsThat(execution, 'Failed')).toEqual(['installMissingUpdates']);
      const after = await worldOf(bench, id);
      const VolumeId = after.devices[0]?.Ebs.VolumeId;
      expect(VolumeId).not.toBe(earlier.devices[0]?.Ebs.VolumeId);
      expect(after).toMatchObject({ state: 'running', snapshots: before.snapshots });
      expect(after.devices).toMatchObject([
        { DeviceName: before.devices[0]?.DeviceName, Ebs: { DeleteOnTermination: true } },
      ]);
      expect(after.volumes).toEqual([{ VolumeId, Tags: [{ Key: 'Owner', Value: 'ann' }] }]);
    }
  });

  it.each([
    ['failed', 'AssertNoPatchFailed', { FailedCount: 1, MissingCount: 0 }],
    ['is missing', 'AssertNoPatchIsMissing', { FailedCount: 0, MissingCount: 2 }],
  ])('puts back the root volume where a patch %s', async (_, step, state) => {
    await using bench = createBench();
    const id = await managedInstance(bench);
    const before = await worldOf(bench, id);
    bench.answers.set('ssm:DescribeInstancePatchStates', () => ({ InstancePatchStates: [state] }));
    const execution = await run(bench, id);
    expect(stepsThat(execution, 'Failed')).toEqual([step]);
    const after = await worldOf(bench, id);
    expect(after.devices[0]?.Ebs.VolumeId).not.toBe(before.devices[0]?.Ebs.VolumeId);
  });

  it('changes nothing of an instance that is not managed, or does not exist', async () => {
    await using bench = createBench();
    const id = await launch(bench);
    const before = await worldOf(bench, id);
    expect(stepsThat(await run(bench, id), 'Failed')).toEqual(['AssertInstanceIsManaged']);
    expect(stepsThat(await run(bench, 'i-0123456789abcdef0'), 'Failed')).toEqual(['AssertInstanceIsManaged']);
    expect(await worldOf(bench, id)).toEqual(before);
  });

  const refused = () => {
    throw new AwsError('UnauthorizedOperation', 'no permission');
  };

  it('does not patch without a snapshot', async () => {
    await using bench = createBench();
    const id = await managedInstance(bench);
    bench.answers.set('ec2:CreateSnapshot', refused);
    expect(stepsThat(await run(bench, id), 'Failed')).toEqual(['PrePatchSnapshot']);
    expect(bench.calls).not.toContain('ssm:SendCommand');
  });

  it('keeps the snapshot, and the instance running, where there is no volume to put back', async () => {
    await using bench = createBench(broken);
    const id = await managedInstance(bench);
    const before = await worldOf(bench, id);
    bench.answers.set('ec2:CreateVolume', refused);
    const execution = await run(bench, id);
    expect(stepsThat(execution, 'Failed')).toEqual(['installMissingUpdates', 'RestoreFromSnapshot']);
    expect(await worldOf(bench, id)).toEqual({ ...before, snapshots: before.snapshots + 1 });
  });

  it.each([
    ['ec2:DetachVolume', 'DetachPatchedVolume'],
    ['ec2:AttachVolume', 'AttachRestoredVolume'],
  ])('starts the instance as it is where %s is refused once, and keeps the snapshot', async (call, step) => {
    await using bench = createBench(broken);
    const id = await managedInstance(bench);
    const before = await worldOf(bench, id);
    let refusals = 0;
    bench.answers.set(call, () => {
      refusals += 1;
      return refusals === 1 ? refused() : undefined;
    });
    const execution = await run(bench, id);
    expect(stepsThat(execution, 'Failed')).toEqual(['installMissingUpdates', step]);
    const after = await worldOf(bench, id);
    expect(after).toMatchObject({ state: 'running', snapshots: before.snapshots + 1 });
    expect(after.devices[0]?.Ebs.VolumeId).toBe(before.devices[0]?.Ebs.VolumeId);
  });
});
