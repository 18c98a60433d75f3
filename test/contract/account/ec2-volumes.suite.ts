import { expect } from 'vitest';
import { at, type Contract, describeInstance, listAt, newInstance, refuses, textAt } from './contract.ts';

const NO_VOLUME = 'vol-0fedcba9876543210';

export function ec2Volumes(contract: Contract): void {
  const { ec2, test } = contract;
  const newVolume = async (input: object = {}) =>
    textAt(await ec2('CreateVolume', { AvailabilityZone: 'us-east-1a', Size: 10, ...input }), 'VolumeId');
  const describeVolume = async (id: string) =>
    at(await ec2('DescribeVolumes', { VolumeIds: [id] }), 'Volumes', 0);
  const newSnapshot = async (VolumeId: string) =>
    textAt(await ec2('CreateSnapshot', { VolumeId, Description: 'kept' }), 'SnapshotId');
  const launchInZone = () => newInstance(contract, { Placement: { AvailabilityZone: 'us-east-1a' } });

  test('CreateVolume makes a volume', async () => {
    const id = await newVolume({
      VolumeType: 'gp3',
      Encrypted: true,
      TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'a', Value: '1' }] }],
    });
    expect(await describeVolume(id)).toMatchObject({
      Size: 10,
      VolumeType: 'gp3',
      Encrypted: true,
      State: 'available',
      AvailabilityZone: 'us-east-1a',
      Attachments: [],
      Tags: [{ Key: 'a', Value: '1' }],
    });
  });

  test('CreateVolume refuses zones that do not exist', async () => {
    await refuses(newVolume({ AvailabilityZone: 'us-east-1z' }), 'InvalidZone.NotFound');
  });

  test('CreateVolume needs a size', async () => {
    await refuses(newVolume({ Size: undefined }), 'MissingParameter');
  });

  test('CreateVolume refuses types and sizes that do not exist', async () => {
    await refuses(newVolume({ VolumeType: 'tape' }), 'InvalidParameterValue');
    await refuses(newVolume({ Size: 1_000_000 }), 'InvalidParameterValue');
    await refuses(newVolume({ VolumeType: 'st1', Size: 1 }), 'InvalidParameterValue');
  });

  test('CreateVolume refuses a snapshot that does not exist', async () => {
    await refuses(newVolume({ SnapshotId: 'snap-0fedcba9876543210' }), 'InvalidSnapshot.NotFound');
  });

  test('A volume is attached, detached and deleted', async () => {
    const [VolumeId, InstanceId] = [await newVolume(), await launchInZone()];
    const attached = await ec2('AttachVolume', { VolumeId, InstanceId, Device: '/dev/sdf' });
    expect(attached).toMatchObject({ VolumeId, InstanceId, Device: '/dev/sdf', State: 'attaching' });
    expect(await describeVolume(VolumeId)).toMatchObject({
      State: 'in-use',
      Attachments: [{ InstanceId, Device: '/dev/sdf', State: 'attached' }],
    });
    const devices = listAt(await describeInstance(contract, InstanceId), 'BlockDeviceMappings');
    expect(devices.map((device) => at(device, 'Ebs', 'VolumeId'))).toContain(VolumeId);
    await refuses(ec2('DeleteVolume', { VolumeId }), 'VolumeInUse');
    expect(await ec2('DetachVolume', { VolumeId, InstanceId })).toMatchObject({ State: 'detaching' });
    expect(await describeVolume(VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
    await ec2('DeleteVolume', { VolumeId });
    await refuses(ec2('DescribeVolumes', { VolumeIds: [VolumeId] }), 'InvalidVolume.NotFound');
  });

  test('A volume is attached to one instance of its own zone', async () => {
    const [VolumeId, InstanceId] = [await newVolume(), await launchInZone()];
    await ec2('AttachVolume', { VolumeId, InstanceId, Device: '/dev/sdf' });
    const other = { InstanceId: await launchInZone(), Device: '/dev/sdf' };
    await refuses(ec2('AttachVolume', { VolumeId, ...other }), 'VolumeInUse');
    const elsewhere = await newVolume({ AvailabilityZone: 'us-east-1b' });
    await refuses(ec2('AttachVolume', { VolumeId: elsewhere, ...other }), 'InvalidVolume.ZoneMismatch');
    const taken = { VolumeId: await newVolume(), InstanceId, Device: '/dev/sdf' };
    await refuses(ec2('AttachVolume', taken), 'InvalidParameterValue');
  });

  test('AttachVolume, DetachVolume and DeleteVolume refuse what does not exist', async () => {
    const VolumeId = await newVolume();
    const attach = { VolumeId, InstanceId: 'i-0fedcba9876543210', Device: '/dev/sdf' };
    await refuses(ec2('AttachVolume', attach), 'InvalidInstanceID.NotFound');
    await refuses(ec2('DetachVolume', { VolumeId: NO_VOLUME }), 'InvalidVolume.NotFound');
    await refuses(ec2('DeleteVolume', { VolumeId: NO_VOLUME }), 'InvalidVolume.NotFound');
  });

  test('DetachVolume refuses a volume that nothing has', async () => {
    await refuses(ec2('DetachVolume', { VolumeId: await newVolume() }), 'IncorrectState');
  });

  test('An instance has a root volume, which goes with it', async () => {
    const InstanceId = await newInstance(contract);
    const instance = await describeInstance(contract, InstanceId);
    const VolumeId = textAt(instance, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeId');
    expect(instance).toMatchObject({
      RootDeviceType: 'ebs',
      BlockDeviceMappings: [
        {
          DeviceName: at(instance, 'RootDeviceName'),
          Ebs: { DeleteOnTermination: true, Status: 'attached' },
        },
      ],
    });
    const Filters = [{ Name: 'attachment.instance-id', Values: [InstanceId] }];
    expect(await ec2('DescribeVolumes', { Filters })).toMatchObject({ Volumes: [{ VolumeId }] });
    await ec2('TerminateInstances', { InstanceIds: [InstanceId] });
    await refuses(ec2('DescribeVolumes', { VolumeIds: [VolumeId] }), 'InvalidVolume.NotFound');
  });

  test('A volume that was attached later stays when its instance goes', async () => {
    const [VolumeId, InstanceId] = [await newVolume(), await launchInZone()];
    await ec2('AttachVolume', { VolumeId, InstanceId, Device: '/dev/sdf' });
    await ec2('TerminateInstances', { InstanceIds: [InstanceId] });
    expect(await describeVolume(VolumeId)).toMatchObject({ State: 'available', Attachments: [] });
  });

  test('The root volume of a running instance is not detached', async () => {
    const InstanceId = await newInstance(contract);
    const instance = await describeInstance(contract, InstanceId);
    const VolumeId = textAt(instance, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeId');
    await refuses(ec2('DetachVolume', { VolumeId }), 'OperationNotPermitted');
    await ec2('StopInstances', { InstanceIds: [InstanceId] });
    await ec2('DetachVolume', { VolumeId });
  });

  test('RunInstances sizes the root volume, and tags volumes', async () => {
    const root = textAt(await describeInstance(contract, await newInstance(contract)), 'RootDeviceName');
    const InstanceId = await newInstance(contract, {
      BlockDeviceMappings: [
        { DeviceName: root, Ebs: { VolumeSize: 50, VolumeType: 'gp3', DeleteOnTermination: false } },
      ],
      TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'a', Value: '1' }] }],
    });
    const Filters = [{ Name: 'attachment.instance-id', Values: [InstanceId] }];
    expect(await ec2('DescribeVolumes', { Filters })).toMatchObject({
      Volumes: [
        {
          Size: 50,
          VolumeType: 'gp3',
          Attachments: [{ DeleteOnTermination: false }],
          Tags: [{ Key: 'a', Value: '1' }],
        },
      ],
    });
  });

  test('CreateSnapshot keeps a volume, of which another is made', async () => {
    const VolumeId = await newVolume({ Encrypted: true });
    const SnapshotId = await newSnapshot(VolumeId);
    expect(await ec2('DescribeSnapshots', { SnapshotIds: [SnapshotId] })).toMatchObject({
      Snapshots: [
        {
          VolumeId,
          VolumeSize: 10,
          Description: 'kept',
          State: 'completed',
          Encrypted: true,
          Progress: '100%',
        },
      ],
    });
    const restored = await newVolume({ SnapshotId, Size: undefined });
    expect(await describeVolume(restored)).toMatchObject({ SnapshotId, Size: 10, Encrypted: true });
  });

  test('A volume is not smaller than its snapshot', async () => {
    const SnapshotId = await newSnapshot(await newVolume());
    await refuses(newVolume({ SnapshotId, Size: 5 }), 'InvalidParameterValue');
  });

  test('CopySnapshot copies, DeleteSnapshot deletes', async () => {
    const SnapshotId = await newSnapshot(await newVolume());
    const made = await ec2('CopySnapshot', { SourceSnapshotId: SnapshotId, SourceRegion: 'us-east-1' });
    await ec2('DeleteSnapshot', { SnapshotId });
    await refuses(ec2('DeleteSnapshot', { SnapshotId }), 'InvalidSnapshot.NotFound');
    const SnapshotIds = [textAt(made, 'SnapshotId')];
    expect(await ec2('DescribeSnapshots', { SnapshotIds })).toMatchObject({
      Snapshots: [{ VolumeSize: 10 }],
    });
  });

  test('CreateSnapshot refuses a volume that does not exist', async () => {
    await refuses(newSnapshot(NO_VOLUME), 'InvalidVolume.NotFound');
  });

  test('Snapshots are shared, and kept for oneself again', async () => {
    const SnapshotId = await newSnapshot(await newVolume());
    const shared = async () =>
      (await ec2('DescribeSnapshotAttribute', { SnapshotId, Attribute: 'createVolumePermission' }))
        .CreateVolumePermissions;
    const change = { SnapshotId, Attribute: 'createVolumePermission', GroupNames: ['all'] };
    await ec2('ModifySnapshotAttribute', { ...change, OperationType: 'add' });
    expect(await shared()).toEqual([{ Group: 'all' }]);
    await ec2('ModifySnapshotAttribute', { ...change, OperationType: 'remove' });
    expect(await shared()).toEqual([]);
  });

  test('ModifyVolume makes a volume larger', async () => {
    const VolumeId = await newVolume({ VolumeType: 'gp3' });
    expect(await ec2('ModifyVolume', { VolumeId, Size: 20 })).toMatchObject({
      VolumeModification: { VolumeId, OriginalSize: 10, TargetSize: 20 },
    });
    expect(await describeVolume(VolumeId)).toMatchObject({ Size: 20, VolumeType: 'gp3' });
    expect(await ec2('DescribeVolumesModifications', { VolumeIds: [VolumeId] })).toMatchObject({
      VolumesModifications: [{ ModificationState: 'completed', TargetSize: 20 }],
    });
  });

  test('ModifyVolume makes no volume smaller', async () => {
    const VolumeId = await newVolume();
    await refuses(ec2('ModifyVolume', { VolumeId, Size: 5 }), 'InvalidParameterValue');
  });

  test('Encryption by default is switched on and off', async () => {
    await ec2('EnableEbsEncryptionByDefault');
    const encrypted = at(await describeVolume(await newVolume()), 'Encrypted');
    expect(await ec2('GetEbsEncryptionByDefault')).toMatchObject({ EbsEncryptionByDefault: true });
    await ec2('DisableEbsEncryptionByDefault');
    expect(await ec2('GetEbsEncryptionByDefault')).toMatchObject({ EbsEncryptionByDefault: false });
    expect(encrypted).toBe(true);
  });
}
