import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { interfacesOf, newPublicAddress, viewGroups, viewInstanceInterface } from './interfaces.ts';
import { assertExists, INSTANCE } from './resource-ids.ts';
import type { InstanceRecord, InstanceStateName } from './state.ts';
import { tagList } from './tags.ts';

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
    ...(primary?.publicIpAddress ? { PublicIpAddress: primary.publicIpAddress } : {}),
    PrivateDnsName: primary ? `ip-${primary.privateIpAddress.replaceAll('.', '-')}.ec2.internal` : '',
    PublicDnsName: '',
    SecurityGroups: viewGroups(primary?.groupIds ?? [], ec2),
    NetworkInterfaces: interfaces.map((each) => viewInstanceInterface(each, context)),
    ...(instance.iamInstanceProfileArn
      ? { IamInstanceProfile: { Arn: instance.iamInstanceProfileArn, Id: 'AIPALOCALINSTANCEPROF' } }
      : {}),
    MetadataOptions: {
      State: 'applied',
      HttpEndpoint: 'enabled',
      HttpTokens: instance.httpTokens,
      HttpPutResponseHopLimit: 1,
    },
    ...FIXED,
    EbsOptimized: instance.ebsOptimized,
    Tags: tagList(ec2, instance.instanceId),
  };
}

const STATE_REASON = {
  Code: 'Client.UserInitiatedShutdown',
  Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
};

/** What is the same for every instance here: images and volumes are not modelled. */
const FIXED = {
  Architecture: 'x86_64',
  VirtualizationType: 'hvm',
  Hypervisor: 'xen',
  EnaSupport: true,
  RootDeviceType: 'ebs',
  RootDeviceName: '/dev/xvda',
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  BlockDeviceMappings: [],
  ProductCodes: [],
} as const;

/** `StateTransitionReason` of an instance that was stopped or terminated by a call. */
export function shutdownReason(time: Date): string {
  return `User initiated (${time.toISOString().slice(0, 19).replace('T', ' ')} GMT)`;
}
