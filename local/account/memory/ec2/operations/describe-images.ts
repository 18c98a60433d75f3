import { flag, texts } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import type { FilterTable } from '../filters.ts';
import { AMAZON, EVERYBODY, viewImage } from '../images.ts';
import { IMAGE } from '../resource-ids.ts';
import type { ImageRecord } from '../storage-state.ts';

/**
 * The account's own images, and those of others that something was launched from or that it copied.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
 */
export const describeImages = ec2Operation({
  input: {
    ImageIds: idList,
    Owners: texts.optional(),
    ExecutableUsers: texts.optional(),
    IncludeDeprecated: flag.optional(),
    IncludeDisabled: flag.optional(),
    ...describeInput,
  },
  run: ({ ImageIds, Owners, ExecutableUsers, ...input }, context) => {
    const { ec2 } = context.state;
    const all = () =>
      [...ec2.images.values()].filter(
        (image) =>
          (!Owners?.length || Owners.some((owner) => isOwner(owner, image, context))) &&
          (!ExecutableUsers?.length || ExecutableUsers.some((user) => mayLaunch(user, image, context))),
      );
    const { items, next } = describeResources(
      { kind: IMAGE, all, idOf: (image) => image.imageId, table: filterTable },
      { ...input, ids: ImageIds },
      context,
    );
    return { Images: items.map((image) => viewImage(image, context)), ...next };
  },
});

function isOwner(owner: string, image: ImageRecord, { accountId }: MemoryContext): boolean {
  if (owner === 'self') return image.ownerId === accountId;
  return owner === 'amazon' ? image.ownerId === AMAZON : image.ownerId === owner;
}

function mayLaunch(user: string, image: ImageRecord, { accountId }: MemoryContext): boolean {
  return image.sharedWith.has(user === 'self' ? accountId : user);
}

const filterTable: FilterTable<ImageRecord> = {
  'image-id': (image) => image.imageId,
  name: (image) => image.name,
  description: (image) => image.description,
  'owner-id': (image) => image.ownerId,
  'owner-alias': (image) => (image.ownerId === AMAZON ? 'amazon' : undefined),
  'is-public': (image) => image.sharedWith.has(EVERYBODY),
  state: () => 'available',
  architecture: (image) => image.architecture,
  'creation-date': (image) => image.creationDate.toISOString(),
  'image-type': () => 'machine',
  'root-device-name': (image) => image.rootDeviceName,
  'root-device-type': () => 'ebs',
  'virtualization-type': () => 'hvm',
  hypervisor: () => 'xen',
  'ena-support': () => true,
  'source-instance-id': (image) => image.sourceInstanceId,
  'source-image-id': (image) => image.sourceImage?.imageId,
  'block-device-mapping.device-name': (image) => image.blockDevices.map((each) => each.deviceName),
  'block-device-mapping.encrypted': (image) => image.blockDevices.map((each) => each.encrypted),
  'block-device-mapping.snapshot-id': (image) => image.blockDevices.map((each) => each.snapshotId ?? ''),
  'block-device-mapping.volume-type': (image) => image.blockDevices.map((each) => each.volumeType),
};
