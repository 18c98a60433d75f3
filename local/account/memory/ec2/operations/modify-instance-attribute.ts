import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { flag, text, texts } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireInstances } from '../instances.ts';
import { assertGroups, interfacesOf } from '../interfaces.ts';
import type { InstanceRecord } from '../state.ts';
import { volumesOf } from '../volumes.ts';

const booleanValue = z.strictObject({ Value: flag }).optional();
const textValue = z.strictObject({ Value: text }).optional();

const attributes = {
  Groups: texts.optional(),
  SourceDestCheck: booleanValue,
  DisableApiTermination: booleanValue,
  DisableApiStop: booleanValue,
  EbsOptimized: booleanValue,
  InstanceType: textValue,
  InstanceInitiatedShutdownBehavior: z.strictObject({ Value: z.enum(['stop', 'terminate']) }).optional(),
  UserData: z.strictObject({ Value: text }).optional(),
  BlockDeviceMappings: z
    .array(
      z.strictObject({
        DeviceName: text,
        Ebs: z.strictObject({ VolumeId: text.optional(), DeleteOnTermination: flag }),
      }),
    )
    .min(1)
    .optional(),
};

type Attributes = z.output<z.ZodObject<typeof attributes>>;

/** The older way to name an attribute: `Attribute` and `Value`. */
const byName = {
  disableApiTermination: 'DisableApiTermination',
  disableApiStop: 'DisableApiStop',
  ebsOptimized: 'EbsOptimized',
  instanceInitiatedShutdownBehavior: 'InstanceInitiatedShutdownBehavior',
  instanceType: 'InstanceType',
  sourceDestCheck: 'SourceDestCheck',
  userData: 'UserData',
} as const;

const attributeSchema = z.strictObject(attributes);

/** One attribute a call, as EC2 has it. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html */
export const modifyInstanceAttribute = ec2Operation({
  input: {
    InstanceId: text,
    Attribute: z.enum(Object.keys(byName) as (keyof typeof byName)[]).optional(),
    Value: text.optional(),
    ...attributes,
  },
  run: ({ InstanceId, Attribute, Value, ...structured }, context) => {
    const [instance] = requireInstances([InstanceId], context);
    const changes = { ...structured, ...named(Attribute, Value) };
    const given = Object.values(changes).filter((value) => value !== undefined);
    if (given.length > 1) {
      throw new AwsError(
        'InvalidParameterCombination',
        'Fields for multiple attribute types specified. Specify one attribute per call.',
      );
    }
    if (given.length === 0 || instance === undefined) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    apply(changes, instance, context);
    return {};
  },
});

function named(attribute: keyof typeof byName | undefined, value: string | undefined): Attributes {
  if (attribute === undefined || value === undefined) return {};
  const parsed = attributeSchema.safeParse({ [byName[attribute]]: { Value: value } });
  if (parsed.success) return parsed.data;
  throw new AwsError('InvalidParameterValue', `Invalid value '${value}' for ${attribute}.`);
}

function apply(changes: Attributes, instance: InstanceRecord, context: MemoryContext): void {
  const { Groups, SourceDestCheck, DisableApiTermination, DisableApiStop } = changes;
  if (Groups !== undefined) setGroups(Groups, instance, context);
  if (SourceDestCheck) primaryOf(instance, context).sourceDestCheck = SourceDestCheck.Value;
  if (DisableApiTermination) instance.disableApiTermination = DisableApiTermination.Value;
  if (DisableApiStop) instance.disableApiStop = DisableApiStop.Value;
  if (changes.InstanceInitiatedShutdownBehavior) {
    instance.shutdownBehavior = changes.InstanceInitiatedShutdownBehavior.Value;
  }
  if (changes.BlockDeviceMappings) setDevices(changes.BlockDeviceMappings, instance, context);
  if (changes.UserData) {
    assertStopped(instance);
    instance.userData = changes.UserData.Value;
  }
  if (changes.EbsOptimized) {
    assertStopped(instance);
    instance.ebsOptimized = changes.EbsOptimized.Value;
  }
  if (changes.InstanceType) {
    assertStopped(instance);
    instance.instanceType = changes.InstanceType.Value;
  }
}

function setGroups(groupIds: readonly string[], instance: InstanceRecord, context: MemoryContext): void {
  const target = primaryOf(instance, context);
  assertGroups(groupIds, target.vpcId, context.state.ec2);
  target.groupIds = [...new Set(groupIds)];
}

function setDevices(
  mappings: NonNullable<Attributes['BlockDeviceMappings']>,
  { instanceId }: InstanceRecord,
  { state }: MemoryContext,
): void {
  const attachments = volumesOf(instanceId, state.ec2).flatMap(({ attachment }) => attachment ?? []);
  const changed = mappings.map(({ DeviceName, Ebs }) => {
    const attachment = attachments.find(({ device }) => device === DeviceName);
    if (attachment) return { attachment, ...Ebs };
    throw new AwsError('InvalidInstanceAttributeValue', `No device is currently mapped at ${DeviceName}`);
  });
  for (const { attachment, DeleteOnTermination } of changed) {
    attachment.deleteOnTermination = DeleteOnTermination;
  }
}

function primaryOf({ instanceId }: InstanceRecord, { state }: MemoryContext) {
  const [primary, ...others] = interfacesOf(instanceId, state.ec2);
  if (primary === undefined) {
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instanceId}' is not in a state in which this attribute can be modified.`,
    );
  }
  if (others.length > 0) {
    throw new AwsError(
      'InvalidInstanceID',
      `There are multiple interfaces attached to instance '${instanceId}'. Please specify an interface ID for the operation instead.`,
    );
  }
  return primary;
}

function assertStopped({ instanceId, state }: InstanceRecord): void {
  if (state === 'stopped') return;
  throw new AwsError('IncorrectInstanceState', `The instance '${instanceId}' is not in the 'stopped' state.`);
}
