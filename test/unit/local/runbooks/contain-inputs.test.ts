import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/service.ts';
import { ACCESS, NAME, newWorld } from './contain-world.ts';
import { at, type Bench, createBench, stepsThat } from './stand-in.ts';

let bench: Bench;
beforeAll(() => {
  bench = createBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const WRITES = /^(ec2|autoscaling|s3):(Create|Put|Modify|Update|Enter|Exit|Delete|Authorize|Revoke)/;
const writes = () => bench.calls.filter((call) => WRITES.test(call));

describe('what Contain and Restore need', () => {
  it.each<[string, JsonObject, string]>([
    ['BackupS3BucketAccess for Contain', { Action: ['Contain'] }, 'BackupS3BucketAccess'],
    [
      'BackupS3KeyName for Restore',
      { Action: ['Restore'], BackupS3BucketName: ['a-bucket'] },
      'BackupS3KeyName',
    ],
    [
      'BackupS3BucketName for Restore',
      { Action: ['Restore'], BackupS3KeyName: ['k.json'] },
      'BackupS3BucketName',
    ],
  ])('is %s', async (_name, parameters, missing) => {
    bench.calls.length = 0;
    const execution = await bench.run(NAME, { InstanceId: ['i-0123456789abcdef0'], ...parameters });
    expect(execution.AutomationExecutionStatus).toBe('Failed');
    expect(execution.FailureMessage).toMatch(new RegExp(`Parameter "?${missing}"? has 0 `));
    expect(bench.calls).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['an action that there is not', { Action: ['Destroy'] }],
    ['a tag in another form', { TagIdentifier: ['BatchId=78925'] }],
    ['a bucket that can not be', { BackupS3BucketName: ['Not_A_Bucket'] }],
    ['an ARN that is none', { BackupS3BucketAccess: ['responder'] }],
    ['rules that are no maps', { IngressTrafficRules: ['22'] }],
  ])('refuses %s at the start', async (_name, parameters) => {
    await expect(
      bench.run(NAME, {
        InstanceId: ['i-0123456789abcdef0'],
        Action: ['Contain'],
        BackupS3BucketAccess: [ACCESS],
        ...parameters,
      }),
    ).rejects.toMatchObject({ code: 'InvalidAutomationExecutionParametersException' });
  });

  it('is an instance that is there, and not terminated', async () => {
    const world = await newWorld(bench);
    await bench.call('ec2', 'TerminateInstances', { InstanceIds: [world.instanceId] });
    bench.calls.length = 0;
    const terminated = await world.contain();
    expect(stepsThat(terminated, 'Failed')).toEqual(['AssertInstanceIsNotTerminated']);
    const missing = await world.contain({ InstanceId: ['i-0123456789abcdef0'] });
    expect(missing.FailureMessage).toContain('InvalidInstanceID.NotFound');
    expect(writes()).toEqual([]);
  });
});

describe('the bucket of the backup', () => {
  it.each(['AllUsers', 'AuthenticatedUsers'])('is refused where %s can read it', async (group) => {
    const world = await newWorld(bench);
    await bench.call('s3', 'PutBucketOwnershipControls', {
      Bucket: world.bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
    await bench.call('s3', 'DeletePublicAccessBlock', { Bucket: world.bucket });
    await bench.call('s3', 'PutBucketAcl', {
      Bucket: world.bucket,
      ACL: group === 'AllUsers' ? 'public-read' : 'authenticated-read',
    });
    bench.calls.length = 0;
    const execution = await world.contain();
    expect(stepsThat(execution, 'Failed')).toEqual(['CheckBackupS3BucketName']);
    expect(execution.FailureMessage).toContain(group);
    expect(writes()).toEqual([]);
  });

  it('is refused where its policy makes it public', async () => {
    const world = await newWorld(bench);
    await bench.call('s3', 'DeletePublicAccessBlock', { Bucket: world.bucket });
    await bench.call('s3', 'PutBucketPolicy', {
      Bucket: world.bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::${world.bucket}/*`,
          },
        ],
      }),
    });
    bench.calls.length = 0;
    const execution = await world.contain();
    expect(stepsThat(execution, 'Failed')).toEqual(['CheckBucketPolicy']);
    expect(writes()).toEqual([]);
  });

  it('is made where it is missing, private, for those who may read it', async () => {
    const world = await newWorld(bench, { withBucket: false });
    const execution = await world.contain();
    expect(execution.AutomationExecutionStatus).toBe('Success');
    expect((await world.backup()).InstanceId).toBe(world.instanceId);
    const block = await bench.call('s3', 'GetPublicAccessBlock', { Bucket: world.bucket });
    expect(at(block, 'PublicAccessBlockConfiguration', 'RestrictPublicBuckets')).toBe(true);
    const { Policy: policy } = await bench.call('s3', 'GetBucketPolicy', { Bucket: world.bucket });
    expect(at(JSON.parse(String(policy)), 'Statement', 0, 'Principal', 'AWS')).toEqual([ACCESS]);
  });

  it('is made where none is named, also outside us-east-1', async () => {
    await using elsewhere = createBench({ region: 'eu-west-1' });
    const world = await newWorld(elsewhere, { withBucket: false });
    const execution = await world.contain({ BackupS3BucketName: undefined });
    expect(execution.AutomationExecutionStatus).toBe('Success');
    const bucket = `awssupport-containec2-${execution.AutomationExecutionId}`;
    expect(execution.Outputs['FinalOutput.Output']?.[0]).toContain(`s3://${bucket}/${world.key}`);
    expect(await elsewhere.call('s3', 'GetBucketLocation', { Bucket: bucket })).toMatchObject({
      LocationConstraint: 'eu-west-1',
    });
  });
});
