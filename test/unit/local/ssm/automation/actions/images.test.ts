import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../../../local/aws-error.ts';
import { actionStack, inTurn, refusal } from './support.ts';

const image = (State: string, more: object = {}) => ({ Images: [{ ImageId: 'ami-1', State, ...more }] });
const unknown = () => new AwsError('InvalidAMIID.NotFound', 'not yet');
const creation = {
  action: 'aws:createImage',
  inputs: { InstanceId: 'i-1', ImageName: 'backup', ImageDescription: '', NoReboot: 'true' },
};
const copy = {
  action: 'aws:copyImage',
  inputs: { SourceRegion: 'eu-west-1', SourceImageId: 'ami-0', ImageName: 'copy', Encrypted: true },
};
const deletion = { action: 'aws:deleteImage', inputs: { ImageId: 'ami-1' } };

describe('aws:createImage', () => {
  it('waits until the image can be used', async () => {
    const { run, calls } = actionStack({
      CreateImage: () => ({ ImageId: 'ami-1' }),
      DescribeImages: inTurn(unknown(), image('pending'), image('available')),
    });
    const shown = await run(creation);
    expect(calls[0]?.input).toEqual({ InstanceId: 'i-1', Name: 'backup', NoReboot: true });
    expect(calls.slice(1).map(({ input }) => input)).toEqual(Array(3).fill({ ImageIds: ['ami-1'] }));
    expect(shown.Outputs).toEqual({
      ImageId: ['ami-1'],
      ImageState: ['available'],
      OutputPayload: ['{"ImageId":"ami-1","ImageState":"available"}'],
    });
  });

  it('fails where the image fails, and still names it', async () => {
    const { runAll, calls } = actionStack({
      CreateImage: () => ({ ImageId: 'ami-1' }),
      DescribeImages: () => image('failed', { StateReason: { Message: 'no space' } }),
      DeregisterImage: () => ({}),
    });
    const clean = {
      action: 'aws:executeAwsApi',
      inputs: { Service: 'ec2', Api: 'DeregisterImage', ImageId: '{{ step1.ImageId }}' },
    };
    const shown = await runAll([{ ...creation, onFailure: 'Continue' }, clean]);
    expect(shown.StepExecutions[0]?.FailureMessage).toContain('The image ami-1 is failed: no space.');
    expect(calls.at(-1)).toMatchObject({ operation: 'DeregisterImage', input: { ImageId: 'ami-1' } });
  });

  it('does not wait for ever for an image that nobody knows', async () => {
    const { run, operations } = actionStack({
      CreateImage: () => ({ ImageId: 'ami-1' }),
      DescribeImages: refusal('InvalidAMIID.NotFound', 'gone'),
    });
    const shown = await run(creation);
    expect(shown.FailureMessage).toContain('(InvalidAMIID.NotFound)');
    expect(operations().length).toBeGreaterThan(5);
  });

  it.each([
    [{ InstanceId: '', ImageName: 'x' }, 'InstanceId is missing'],
    [{ InstanceId: 'i-1', ImageName: '' }, 'ImageName is missing'],
    [{ InstanceId: ['i-1', 'i-2'], ImageName: 'x' }, 'InstanceId has to be a string'],
    [{ InstanceId: 'i-1', ImageName: 'x', Name: 'x' }, 'there is no input Name'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    expect((await run({ action: 'aws:createImage', inputs })).FailureMessage).toContain(message);
    expect(calls).toEqual([]);
  });
});

describe('aws:copyImage', () => {
  it('copies into the region of the execution', async () => {
    const { run, calls } = actionStack({
      CopyImage: () => ({ ImageId: 'ami-1' }),
      DescribeImages: () => image('available'),
    });
    expect((await run(copy)).Outputs).toMatchObject({ ImageId: ['ami-1'], ImageState: ['available'] });
    expect(calls[0]).toEqual({
      service: 'ec2',
      operation: 'CopyImage',
      region: 'us-east-1',
      input: { SourceRegion: 'eu-west-1', SourceImageId: 'ami-0', Name: 'copy', Encrypted: true },
    });
  });

  it("fails with EC2's words, and where an input is missing", async () => {
    const { run } = actionStack({ CopyImage: refusal('InvalidRequest', 'no') });
    expect((await run(copy)).FailureMessage).toContain(
      '(InvalidRequest) when calling the CopyImage operation',
    );
    const unnamed = { ...copy, inputs: { ...copy.inputs, SourceRegion: '' } };
    expect((await run(unnamed)).FailureMessage).toContain('SourceRegion is missing');
  });

  it('is cancelled while it waits', async () => {
    const stack = actionStack({
      CopyImage: () => ({ ImageId: 'ami-1' }),
      DescribeImages: () => {
        void stack.cancel(id);
        return image('pending');
      },
    });
    const id = await stack.start([copy]);
    await stack.automation.idle();
    expect((await stack.show(id)).AutomationExecutionStatus).toBe('Cancelled');
    expect(stack.operations()).toEqual(['CopyImage', 'DescribeImages']);
  });
});

describe('aws:deleteImage', () => {
  const described = image('available', {
    BlockDeviceMappings: [
      { Ebs: { SnapshotId: 'snap-1' } },
      { VirtualName: 'ephemeral0' },
      { Ebs: { SnapshotId: 'snap-2' } },
    ],
  });

  it('deletes the image and its snapshots', async () => {
    const { run, calls } = actionStack({
      DescribeImages: () => described,
      DeregisterImage: () => ({}),
      DeleteSnapshot: inTurn({}, new AwsError('InvalidSnapshot.NotFound', 'gone already')),
    });
    expect((await run(deletion)).StepStatus).toBe('Success');
    expect(calls.slice(1).map(({ operation, input }) => [operation, input])).toEqual([
      ['DeregisterImage', { ImageId: 'ami-1' }],
      ['DeleteSnapshot', { SnapshotId: 'snap-1' }],
      ['DeleteSnapshot', { SnapshotId: 'snap-2' }],
    ]);
  });

  it('names the snapshots that are left', async () => {
    const { run, operations } = actionStack({
      DescribeImages: () => described,
      DeregisterImage: () => ({}),
      DeleteSnapshot: inTurn(new AwsError('InvalidSnapshot.InUse', 'in use'), {}),
    });
    const shown = await run(deletion);
    expect(shown.FailureMessage).toContain(
      'snapshots of it are left: snap-1 (An error occurred (InvalidSnapshot.InUse)',
    );
    expect(shown.FailureMessage).not.toContain('snap-2');
    expect(operations().filter((name) => name === 'DeleteSnapshot')).toHaveLength(2);
  });

  it('fails for an image that does not exist', async () => {
    const { run, operations } = actionStack({ DescribeImages: inTurn({ Images: [] }, unknown()) });
    expect((await run(deletion)).FailureMessage).toContain("The image id '[ami-1]' does not exist");
    expect((await run(deletion)).FailureMessage).toContain('(InvalidAMIID.NotFound)');
    expect(operations()).toEqual(['DescribeImages', 'DescribeImages']);
  });
});
