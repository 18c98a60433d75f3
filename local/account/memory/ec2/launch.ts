import type { MemoryContext } from '../operation.ts';
import { wholeSeconds } from '../times.ts';
import { imageForLaunch } from './images.ts';
import { assignPublicAddresses } from './instances.ts';
import { createInterface } from './interfaces.ts';
import { associateProfile, type ProfileRef } from './profile-associations.ts';
import { INSTANCE, newId } from './resource-ids.ts';
import type { InstanceRecord, InterfaceRecord, MetadataOptions, SubnetRecord } from './state.ts';
import type { BlockDevice } from './storage-state.ts';
import { attach, createVolumeRecord } from './volumes.ts';

/** An interface that a launch makes, or takes where it exists. */
export interface InterfacePlan {
  readonly deviceIndex: number;
  readonly deleteOnTermination: boolean;
  readonly existing?: InterfaceRecord;
  readonly subnet: SubnetRecord;
  readonly groupIds: readonly string[];
  readonly privateIpAddress: string | undefined;
  readonly description: string | undefined;
  readonly autoAssignsPublicIp: boolean;
}

export type InstancePlan = Pick<
  InstanceRecord,
  | 'imageId'
  | 'instanceType'
  | 'keyName'
  | 'clientToken'
  | 'monitoring'
  | 'ebsOptimized'
  | 'disableApiTermination'
  | 'disableApiStop'
  | 'shutdownBehavior'
  | 'metadata'
  | 'userData'
  | 'reservationId'
  | 'launchIndex'
> & {
  readonly instanceId?: string | undefined;
  readonly subnet: SubnetRecord;
  readonly interfaces: readonly InterfacePlan[];
  readonly profile: ProfileRef | undefined;
  /** @default those of the image */
  readonly blockDevices?: readonly BlockDevice[] | undefined;
};

const METADATA_DEFAULTS: MetadataOptions = {
  httpTokens: 'optional',
  httpEndpoint: 'enabled',
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: 'disabled',
};

/** What a launch that says nothing of it gets. */
export const LAUNCH_DEFAULTS = {
  instanceType: 'm1.small',
  keyName: undefined,
  clientToken: undefined,
  profile: undefined,
  monitoring: false,
  ebsOptimized: false,
  disableApiTermination: false,
  disableApiStop: false,
  shutdownBehavior: 'stop',
  metadata: METADATA_DEFAULTS,
  userData: undefined,
} as const;

/**
 * Makes a running instance with its interfaces. Transitions take no time here: the answer to a launch says `pending`,
 * and from the next call on the instance is `running`.
 */
export function launchInstance(plan: InstancePlan, context: MemoryContext): InstanceRecord {
  const image = imageForLaunch(plan.imageId, context);
  const {
    interfaces,
    subnet,
    profile,
    blockDevices = image.blockDevices,
    instanceId = newId(INSTANCE, context),
    ...rest
  } = plan;
  const launchTime = wholeSeconds(context.clock.now());
  const instance: InstanceRecord = {
    ...rest,
    instanceId,
    zone: subnet.zone,
    region: context.region,
    rootDeviceName: image.rootDeviceName,
    architecture: image.architecture,
    state: 'running',
    launchTime,
    terminatedAt: undefined,
    stateTransitionReason: '',
  };
  context.state.ec2.images.set(image.imageId, image);
  context.state.ec2.instances.set(instanceId, instance);
  for (const { existing, deviceIndex, deleteOnTermination, ...request } of interfaces) {
    const record = existing ?? createInterface(request, context);
    record.attachment = {
      attachmentId: newId({ prefix: 'eni-attach' }, context),
      instanceId,
      deviceIndex,
      attachTime: launchTime,
      deleteOnTermination,
    };
  }
  for (const { deviceName: device, deleteOnTermination, ...wanted } of blockDevices) {
    const volume = createVolumeRecord({ ...wanted, zone: subnet.zone }, context);
    attach(volume, { instanceId, device, deleteOnTermination }, context);
  }
  if (profile) associateProfile(instanceId, profile, context);
  assignPublicAddresses(instanceId, context);
  return instance;
}
