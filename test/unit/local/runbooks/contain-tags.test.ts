import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/service.ts';
import { newAutoScalingGroup, newWorld } from './contain-world.ts';
import { at, type Bench, createBench, stepsThat } from './stand-in.ts';
import { TARGETS } from './targets.ts';

const TagIdentifier = ['Key=BatchId,Value=78925'];
const BATCH = { Key: 'BatchId', Value: '78925' };

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(`the TagIdentifier ${target.name}`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    it.each([
      ['', undefined],
      [', also where Restore does not name it', TagIdentifier],
    ])('is on all that Contain makes or changes, and taken off again%s', async (_name, given) => {
      const world = await newWorld(bench);
      const fleet = await newAutoScalingGroup(bench, { min: 1, desired: 1 });
      const InstanceId = [fleet.instanceId];
      const before = await world.state();
      const execution = await world.contain({ InstanceId, TagIdentifier, CreateAMIBackup: ['true'] });
      expect(execution.AutomationExecutionStatus).toBe('Success');
      const ids = execution.Outputs['FinalOutput.Output']?.[0]?.match(/\b(?:ami|sg)-[0-9a-f]+/g) ?? [];
      expect(ids).toHaveLength(3);
      for (const id of [...ids, fleet.instanceId]) {
        const { Tags: tags } = await bench.call('ec2', 'DescribeTags', {
          Filters: [{ Name: 'resource-id', Values: [id] }],
        });
        expect(tags).toContainEqual(expect.objectContaining(BATCH));
      }
      expect(at(await fleet.group(), 'Tags')).toContainEqual(expect.objectContaining(BATCH));

      const restored = await world.restore({ InstanceId, TagIdentifier: given });
      expect(restored.AutomationExecutionStatus).toBe('Success');
      expect(await world.state()).toEqual(before);
      const { Tags: left } = await bench.call('ec2', 'DescribeTags', {
        Filters: [{ Name: 'key', Values: [BATCH.Key] }],
      });
      // moto keeps the tags of groups that were deleted.
      const ofThings = ((left ?? []) as JsonObject[]).filter((tag) => tag.ResourceType !== 'security-group');
      expect(ofThings).toEqual([]);
    });
  });
}

describe('what a script does', () => {
  it('names the backup by year, month, day, hour and minute where no key is given', async () => {
    await using bench = createBench();
    const world = await newWorld(bench);
    const execution = await world.contain({ BackupS3KeyName: undefined });
    const id = execution.AutomationExecutionId;
    const [report = ''] = execution.Outputs['FinalOutput.Output'] ?? [];
    const key = report.match(
      new RegExp(`s3://${world.bucket}/(\\d{4}/\\d\\d/\\d\\d/\\d\\d/\\d\\d/${id}\\.json)`),
    )?.[1];
    expect(key).toBeDefined();
    expect((await world.backup(key)).ExecutionId).toBe(id);
    const restored = await world.restore({ BackupS3KeyName: [key] });
    expect(restored.AutomationExecutionStatus).toBe('Success');
  });

  it('is done without where there is no python3, but for a TagIdentifier', async () => {
    await using bench = createBench({ scripts: { python: 'no-such-python' } });
    const world = await newWorld(bench);
    const before = await world.state();
    const refused = await world.contain({ TagIdentifier });
    expect(stepsThat(refused, 'Failed')).toEqual(['ReadTagIdentifier']);
    expect(refused.FailureMessage).toContain('no-such-python');
    expect(await world.state()).toEqual(before);

    const contained = await world.contain({ BackupS3KeyName: undefined });
    expect(contained.AutomationExecutionStatus).toBe('Success');
    const [report = ''] = contained.Outputs['FinalOutput.Output'] ?? [];
    const key = report.match(/s3:\/\/[^/]+\/(\d{4}-\d\d-\d\d\/\S+\.json)/)?.[1];
    const restored = await world.restore({ BackupS3KeyName: [key] });
    expect(restored.AutomationExecutionStatus).toBe('Success');
    expect(await world.state()).toEqual(before);
  });
});
