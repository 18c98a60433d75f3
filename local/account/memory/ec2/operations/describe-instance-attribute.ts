import { z } from 'zod';
import type { JsonObject } from '../../../../service.ts';
import { text } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import { interfacesOf, viewGroups } from '../interfaces.ts';
import type { InstanceRecord } from '../state.ts';
import { viewDevices } from '../volumes.ts';

const ATTRIBUTES = [
  'instanceType',
  'kernel',
  'ramdisk',
  'userData',
  'disableApiTermination',
  'instanceInitiatedShutdownBehavior',
  'rootDeviceName',
  'blockDeviceMapping',
  'productCodes',
  'sourceDestCheck',
  'groupSet',
  'ebsOptimized',
  'sriovNetSupport',
  'enaSupport',
  'disableApiStop',
] as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html */
export const describeInstanceAttribute = ec2Operation({
  input: { InstanceId: text, Attribute: z.enum(ATTRIBUTES) },
  run: ({ InstanceId, Attribute }, context) => {
    const [instance] = requireInstances([InstanceId], context);
    return { InstanceId, ...(instance ? viewAttribute(Attribute, instance, context) : {}) };
  },
});

function viewAttribute(
  attribute: (typeof ATTRIBUTES)[number],
  instance: InstanceRecord,
  { state }: MemoryContext,
): JsonObject {
  const [primary] = interfacesOf(instance.instanceId, state.ec2);
  switch (attribute) {
    case 'instanceType':
      return { InstanceType: { Value: instance.instanceType } };
    case 'userData':
      return { UserData: instance.userData === undefined ? {} : { Value: instance.userData } };
    case 'disableApiTermination':
      return { DisableApiTermination: { Value: instance.disableApiTermination } };
    case 'disableApiStop':
      return { DisableApiStop: { Value: instance.disableApiStop } };
    case 'instanceInitiatedShutdownBehavior':
      return { InstanceInitiatedShutdownBehavior: { Value: instance.shutdownBehavior } };
    case 'rootDeviceName':
      return { RootDeviceName: { Value: instance.rootDeviceName } };
    case 'blockDeviceMapping':
      return { BlockDeviceMappings: viewDevices(instance.instanceId, state.ec2) };
    case 'sourceDestCheck':
      return { SourceDestCheck: { Value: primary?.sourceDestCheck ?? true } };
    case 'groupSet':
      return { Groups: viewGroups(primary?.groupIds ?? [], state.ec2) };
    case 'ebsOptimized':
      return { EbsOptimized: { Value: instance.ebsOptimized } };
    case 'enaSupport':
      return { EnaSupport: { Value: true } };
    case 'productCodes':
      return { ProductCodes: [] };
    default:
      return {};
  }
}
