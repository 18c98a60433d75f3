import { AwsError } from '../../../../aws-error.ts';
import { flag, text } from '../../input.ts';
import { blockDeviceMappings, planBlockDevices } from '../block-devices.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertImageName, createImageRecord } from '../images.ts';
import { requireInstances } from '../instances.ts';
import { IMAGE, SNAPSHOT } from '../resource-ids.ts';
import { createSnapshotRecord } from '../snapshots.ts';
import type { BlockDevice, VolumeRecord } from '../storage-state.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';
import { volumesOf } from '../volumes.ts';

/**
 * The image and its snapshots, one of each volume, are there at once: no state `pending` is seen.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
 */
export const createImage = ec2Operation({
  input: {
    InstanceId: text,
    Name: text,
    Description: text.default(''),
    NoReboot: flag.optional(),
    BlockDeviceMappings: blockDeviceMappings,
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) => {
    const { ec2 } = context.state;
    const [instance] = requireInstances([input.InstanceId], context);
    if (instance?.state !== 'running' && instance?.state !== 'stopped') {
      throw new AwsError('IncorrectState', `Instance '${input.InstanceId}' is not 'running' or 'stopped'`);
    }
    assertImageName(input.Name, context);
    const types = [IMAGE.resourceType, SNAPSHOT.resourceType];
    const imageTags = specifiedTags(input.TagSpecifications, IMAGE.resourceType, types);
    const snapshotTags = specifiedTags(input.TagSpecifications, SNAPSHOT.resourceType, types);
    const attached = new Map(
      volumesOf(instance.instanceId, ec2).map((each) => [each.attachment?.device ?? '', each]),
    );
    const planned = planBlockDevices([...attached].map(deviceOf), input.BlockDeviceMappings, context);
    const blockDevices = planned.map((device) => {
      const volume = attached.get(device.deviceName);
      if (volume === undefined) return device;
      const { volumeId, volumeSize, encrypted, kmsKeyId } = volume;
      const description = `Created by CreateImage(${instance.instanceId}) for ${input.Name}`;
      const snapshot = createSnapshotRecord(
        { volumeId, volumeSize, encrypted, kmsKeyId, description },
        context,
      );
      putTags(ec2, snapshot.snapshotId, snapshotTags);
      return { ...device, snapshotId: snapshot.snapshotId };
    });
    const image = createImageRecord(
      {
        name: input.Name,
        description: input.Description,
        rootDeviceName: instance.rootDeviceName,
        blockDevices,
        architecture: instance.architecture,
        sourceInstanceId: instance.instanceId,
        sourceImage: undefined,
      },
      context,
    );
    putTags(ec2, image.imageId, imageTags);
    return { ImageId: image.imageId };
  },
});

function deviceOf([deviceName, volume]: readonly [string, VolumeRecord]): BlockDevice {
  const { volumeSize, volumeType, iops, throughput, encrypted, kmsKeyId } = volume;
  return {
    deviceName,
    snapshotId: undefined,
    volumeSize,
    volumeType,
    iops: volumeType === 'gp2' ? undefined : iops,
    throughput,
    encrypted,
    kmsKeyId,
    deleteOnTermination: volume.attachment?.deleteOnTermination ?? false,
  };
}
