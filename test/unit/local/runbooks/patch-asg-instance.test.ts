import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/aws-error.ts';
import { newAutoScalingGroup } from './contain-world.ts';
import { giveProfile } from './managed-instance.ts';
import { at, type Bench, createBench, stepsThat } from './stand-in.ts';

const run = (bench: Bench, instanceId: string) =>
  bench.run('AWS-PatchAsgInstance', {
    InstanceId: [instanceId],
    WaitForInstance: ['PT1S'],
    WaitForReboot: ['PT2S'],
  });

async function stateOf(bench: Bench, instanceId: string): Promise<unknown> {
  const found = await bench.call('autoscaling', 'DescribeAutoScalingInstances', {
    InstanceIds: [instanceId],
  });
  return at(found, 'AutoScalingInstances', 0, 'LifecycleState');
}

async function tagOf(bench: Bench, instanceId: string): Promise<unknown> {
  const found = await bench.call('ec2', 'DescribeTags', {
    Filters: [
      { Name: 'resource-id', Values: [instanceId] },
      { Name: 'key', Values: ['AutoPatchInstanceInASG'] },
    ],
  });
  return at(found, 'Tags', 0, 'Value');
}

describe('AWS-PatchAsgInstance', () => {
  it('installs patches while the instance is in Standby, and again', async () => {
    const seen: unknown[] = [];
    await using bench = createBench({
      respond: async (command, instanceId) => {
        seen.push([command.documentName, await stateOf(bench, instanceId)]);
        return { output: 'patched' };
      },
    });
    const fleet = await newAutoScalingGroup(bench, { min: 1, desired: 1 });
    await giveProfile(bench, fleet.instanceId);
    for (const _time of ['first', 'second']) {
      const execution = await run(bench, fleet.instanceId);
      expect(execution.AutomationExecutionStatus).toBe('Success');
      expect(await stateOf(bench, fleet.instanceId)).toBe('InService');
      expect(await tagOf(bench, fleet.instanceId)).toBe('Completed');
    }
    expect(seen).toEqual([
      ['AWS-RunPatchBaseline', 'Standby'],
      ['AWS-RunPatchBaseline', 'Standby'],
    ]);
  });

  it('puts the instance into service again where patching fails', async () => {
    await using bench = createBench({
      respond: () => {
        throw new Error('no space left on device');
      },
    });
    const fleet = await newAutoScalingGroup(bench, { min: 1, desired: 1 });
    await giveProfile(bench, fleet.instanceId);
    const execution = await run(bench, fleet.instanceId);
    expect(execution.AutomationExecutionStatus).toBe('Failed');
    expect(execution.FailureMessage).toContain('no space left on device');
    expect(await stateOf(bench, fleet.instanceId)).toBe('InService');
    expect(await tagOf(bench, fleet.instanceId)).toBe('Failed');
  });

  it('puts an instance into service again that is not managed, and cannot be patched', async () => {
    await using bench = createBench();
    const fleet = await newAutoScalingGroup(bench, { min: 1, desired: 1 });
    const execution = await run(bench, fleet.instanceId);
    expect(execution.FailureMessage).toContain('InvalidInstanceId');
    expect(await stateOf(bench, fleet.instanceId)).toBe('InService');
    expect(await tagOf(bench, fleet.instanceId)).toBe('Failed');
  });

  it('refuses an instance that is being patched, or in no group', async () => {
    await using bench = createBench();
    const fleet = await newAutoScalingGroup(bench, { min: 1, desired: 1 });
    const Tags = [{ Key: 'AutoPatchInstanceInASG', Value: 'InProgress' }];
    await bench.call('ec2', 'CreateTags', { Resources: [fleet.instanceId], Tags });
    expect(stepsThat(await run(bench, fleet.instanceId), 'Failed')).toEqual(['AssertNobodyPatches']);
    expect(stepsThat(await run(bench, 'i-0123456789abcdef0'), 'Failed')).toEqual([
      'AssertInstanceIsInService',
    ]);
  });

  it('says so where the group lets no instance go', async () => {
    await using bench = createBench();
    const fleet = await newAutoScalingGroup(bench, { min: 1, desired: 1 });
    bench.answers.set('autoscaling:EnterStandby', () => {
      throw new AwsError('ScalingActivityInProgress', 'busy');
    });
    const execution = await run(bench, fleet.instanceId);
    expect(stepsThat(execution, 'Failed')).toEqual(['EnterStandby']);
    expect(await tagOf(bench, fleet.instanceId)).toBe('Failed');
  });
});
