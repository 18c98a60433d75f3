import type { MemoryContext } from '../operation.ts';
import { assignPublicAddresses } from './instances.ts';
import { createInterface } from './interfaces.ts';
import { INSTANCE, newId } from './resource-ids.ts';
import type { InstanceRecord, InterfaceRecord, SubnetRecord } from './state.ts';

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
  | 'iamInstanceProfileArn'
  | 'monitoring'
  | 'ebsOptimized'
  | 'disableApiTermination'
  | 'disableApiStop'
  | 'shutdownBehavior'
  | 'httpTokens'
  | 'reservationId'
  | 'launchIndex'
> & {
  readonly instanceId?: string | undefined;
  readonly subnet: SubnetRecord;
  readonly interfaces: readonly InterfacePlan[];
};

/** What a launch that says nothing of it gets. */
export const LAUNCH_DEFAULTS = {
  instanceType: 'm1.small',
  keyName: undefined,
  clientToken: undefined,
  iamInstanceProfileArn: undefined,
  monitoring: false,
  ebsOptimized: false,
  disableApiTermination: false,
  disableApiStop: false,
  shutdownBehavior: 'stop',
  httpTokens: 'optional',
} as const;

/**
 * Makes a running instance with its interfaces. Transitions take no time here: the answer to a launch says `pending`,
 * and from the next call on the instance is `running`.
 */
export function launchInstance(plan: InstancePlan, context: MemoryContext): InstanceRecord {
  const { interfaces, subnet, instanceId = newId(INSTANCE, context), ...rest } = plan;
  const launchTime = wholeSeconds(context.clock.now());
  const instance: InstanceRecord = {
    ...rest,
    instanceId,
    zone: subnet.zone,
    region: context.region,
    state: 'running',
    launchTime,
    terminatedAt: undefined,
    stateTransitionReason: '',
  };
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
  assignPublicAddresses(instanceId, context);
  return instance;
}

/** EC2's times have no fraction of a second. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
