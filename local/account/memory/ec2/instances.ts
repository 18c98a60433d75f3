import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { interfacesOf, viewGroups, viewInstanceInterface } from './interfaces.ts';
import { profileOf } from './profile-associations.ts';
import { newPublicAddress, publicAddressOf } from './public-addresses.ts';
import { assertExists, INSTANCE } from './resource-ids.ts';
import type { InstanceRecord, InstanceStateName } from './state.ts';
import { tagList } from './tags.ts';
import { viewDevices } from './volumes.ts';

const STATE_CODES: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** Terminated instances 'usually' stay visible for an hour. */
const TERMINATED_VISIBLE_MS = 3_600_000;

/** All instances that can still be seen; those terminated an hour ago are forgotten. */
export function visibleInstances({ state, clock }: MemoryContext): InstanceRecord[] {
  const { instances, tags } = state.ec2;
  const oldest = clock.now().getTime() - TERMINATED_VISIBLE_MS;
  for (const { instanceId, terminatedAt } of [...instances.values()]) {
    if (terminatedAt && terminatedAt.getTime() < oldest) {
      instances.delete(instanceId);
      tags.delete(instanceId);
    }
  }
  return [...instances.values()];
}

/** The instances of those IDs, each once. @throws AwsError InvalidInstanceID.Malformed, InvalidInstanceID.NotFound */
export function requireInstances(ids: readonly string[], context: MemoryContext): InstanceRecord[] {
  const visible = new Map(visibleInstances(context).map((instance) => [instance.instanceId, instance]));
  return [...new Set(ids)].map((id) => {
    assertExists(INSTANCE, id, context.state.ec2);
    const instance = visible.get(id);
    if (instance) return instance;
    throw new AwsError(INSTANCE.notFound, INSTANCE.describe(id));
  });
}

export function viewState(name: InstanceStateName): JsonObject {
  return { Code: STATE_CODES[name], Name: name };
}

/** `InstanceStateChange` of Start, Stop and Terminate. */
export function viewStateChange(
  instanceId: string,
  change: { from: InstanceStateName; to: InstanceStateName },
): JsonObject {
  return {
    InstanceId: instanceId,
    PreviousState: viewState(change.from),
    CurrentState: viewState(change.to),
  };
}

/** Gives the interfaces of an instance that starts their public addresses, as their subnet or launch says. */
export function assignPublicAddresses(instanceId: string, { state }: MemoryContext): void {
  for (const each of interfacesOf(instanceId, state.ec2)) {
    if (each.autoAssignsPublicIp) each.publicIpAddress = newPublicAddress(state.ec2);
  }
}

/** An instance as DescribeInstances shows it. */
export function viewInstance(instance: InstanceRecord, context: MemoryContext): JsonObject {
  const { ec2 } = context.state;
  const interfaces = interfacesOf(instance.instanceId, ec2);
  const [primary] = interfaces;
  const profile = profileOf(instance.instanceId, ec2);
  const publicAddress = primary && publicAddressOf(primary, ec2);
  return {
    InstanceId: instance.instanceId,
    ImageId: instance.imageId,
    InstanceType: instance.instanceType,
    State: viewState(instance.state),
    StateTransitionReason: instance.stateTransitionReason,
    ...(instance.stateTransitionReason ? { StateReason: STATE_REASON } : {}),
    LaunchTime: instance.launchTime,
    AmiLaunchIndex: instance.launchIndex,
    ClientToken: instance.clientToken ?? '',
    ...(instance.keyName === undefined ? {} : { KeyName: instance.keyName }),
    Placement: { AvailabilityZone: `${instance.region}${instance.zone}`, GroupName: '', Tenancy: 'default' },
    Monitoring: { State: instance.monitoring ? 'enabled' : 'disabled' },
    ...(primary
      ? {
          SubnetId: primary.subnetId,
          VpcId: primary.vpcId,
          PrivateIpAddress: primary.privateIpAddress,
          SourceDestCheck: primary.sourceDestCheck,
        }
      : {}),
    ...(publicAddress ? { PublicIpAddress: publicAddress } : {}),
    PrivateDnsName: primary ? `ip-${primary.privateIpAddress.replaceAll('.', '-')}.ec2.internal` : '',
    PublicDnsName: '',
    SecurityGroups: viewGroups(primary?.groupIds ?? [], ec2),
    NetworkInterfaces: interfaces.map((each) => viewInstanceInterface(each, context)),
    ...(profile ? { IamInstanceProfile: { Arn: profile.arn, Id: profile.id } } : {}),
    MetadataOptions: viewMetadataOptions(instance, 'applied'),
    Architecture: instance.architecture,
    RootDeviceName: instance.rootDeviceName,
    BlockDeviceMappings: viewDevices(instance.instanceId, ec2),
    ...FIXED,
    EbsOptimized: instance.ebsOptimized,
    Tags: tagList(ec2, instance.instanceId),
  };
}

export function viewMetadataOptions({ metadata }: InstanceRecord, state: 'pending' | 'applied'): JsonObject {
  return {
    State: state,
    HttpEndpoint: metadata.httpEndpoint,
    HttpTokens: metadata.httpTokens,
    HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
    HttpProtocolIpv6: 'disabled',
    InstanceMetadataTags: metadata.instanceMetadataTags,
  };
}

const STATE_REASON = {
  Code: 'Client.UserInitiatedShutdown',
  Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
};

/** What is the same for every instance here. */
const FIXED = {
  VirtualizationType: 'hvm',
  Hypervisor: 'xen',
  EnaSupport: true,
  RootDeviceType: 'ebs',
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  ProductCodes: [],
} as const;

/** `StateTransitionReason` of an instance that was stopped or terminated by a call. */
export function shutdownReason(time: Date): string {
  return `User initiated (${time.toISOString().slice(0, 19).replace('T', ' ')} GMT)`;
}
