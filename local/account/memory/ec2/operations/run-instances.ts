import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import type { JsonObject } from '../../../../service.ts';
import { flag, integer, text, texts } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { blockDeviceMappings, planBlockDevices } from '../block-devices.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { rememberLaunch, repeatedLaunch } from '../idempotency.ts';
import { imageForLaunch } from '../images.ts';
import { viewInstance, viewState } from '../instances.ts';
import { interfaceSpecification, planNetwork } from '../interface-plans.ts';
import { interfacesOf } from '../interfaces.ts';
import { LAUNCH_DEFAULTS, launchInstance } from '../launch.ts';
import { changedMetadata, metadataOptions } from '../metadata-options.ts';
import { profileSpecification, resolveProfile } from '../profile-associations.ts';
import { INSTANCE, NETWORK_INTERFACE, newId, VOLUME } from '../resource-ids.ts';
import type { InstanceRecord } from '../state.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';
import { volumesOf } from '../volumes.ts';

const MAX_INSTANCES = 100;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
export const runInstances = ec2Operation({
  input: {
    ImageId: text,
    MinCount: integer,
    MaxCount: integer,
    InstanceType: text.default(LAUNCH_DEFAULTS.instanceType),
    KeyName: text.optional(),
    SecurityGroupIds: texts.optional(),
    SecurityGroups: texts.optional(),
    SubnetId: text.optional(),
    Placement: z
      .strictObject({ AvailabilityZone: text.optional(), Tenancy: z.literal('default').optional() })
      .optional(),
    PrivateIpAddress: text.optional(),
    NetworkInterfaces: z.array(interfaceSpecification).optional(),
    TagSpecifications: tagSpecifications.optional(),
    ClientToken: text.max(64).optional(),
    UserData: text.optional(),
    IamInstanceProfile: profileSpecification.optional(),
    BlockDeviceMappings: blockDeviceMappings,
    Monitoring: z.strictObject({ Enabled: flag }).optional(),
    EbsOptimized: flag.default(false),
    DisableApiTermination: flag.default(false),
    DisableApiStop: flag.default(false),
    InstanceInitiatedShutdownBehavior: z.enum(['stop', 'terminate']).default('stop'),
    MetadataOptions: metadataOptions.optional(),
  },
  run: (input, context) => {
    const { ec2 } = context.state;
    const repeated = repeatedLaunch(input.ClientToken, input, ec2);
    if (repeated !== undefined) return viewLaunch(repeated, context);
    assertCounts(input);
    const image = imageForLaunch(input.ImageId, context);
    const blockDevices = planBlockDevices(image.blockDevices, input.BlockDeviceMappings, context);
    const profile = input.IamInstanceProfile && resolveProfile(input.IamInstanceProfile, context);
    const metadata = changedMetadata(LAUNCH_DEFAULTS.metadata, input.MetadataOptions ?? {});
    const taggable = [INSTANCE.resourceType, NETWORK_INTERFACE.resourceType, VOLUME.resourceType];
    const instanceTags = specifiedTags(input.TagSpecifications, INSTANCE.resourceType, taggable);
    const interfaceTags = specifiedTags(input.TagSpecifications, NETWORK_INTERFACE.resourceType, taggable);
    const volumeTags = specifiedTags(input.TagSpecifications, VOLUME.resourceType, taggable);
    const network = planNetwork({ ...input, SubnetId: subnetId(input, context) }, input.MaxCount, context);
    const reservationId = newId({ prefix: 'r' }, context);
    for (let launchIndex = 0; launchIndex < input.MaxCount; launchIndex++) {
      const { instanceId } = launchInstance(
        {
          ...network,
          reservationId,
          launchIndex,
          imageId: input.ImageId,
          instanceType: input.InstanceType,
          keyName: input.KeyName,
          clientToken: input.ClientToken,
          profile,
          blockDevices,
          monitoring: input.Monitoring?.Enabled ?? false,
          ebsOptimized: input.EbsOptimized,
          disableApiTermination: input.DisableApiTermination,
          disableApiStop: input.DisableApiStop,
          shutdownBehavior: input.InstanceInitiatedShutdownBehavior,
          metadata,
          userData: input.UserData,
        },
        context,
      );
      putTags(ec2, instanceId, instanceTags);
      for (const each of interfacesOf(instanceId, ec2)) putTags(ec2, each.interfaceId, interfaceTags);
      for (const each of volumesOf(instanceId, ec2)) putTags(ec2, each.volumeId, volumeTags);
    }
    rememberLaunch(input.ClientToken, { request: input, reservationId }, ec2);
    return viewLaunch(reservationId, context, 'pending');
  },
});

/** The subnet asked for, or the default one of the zone asked for. */
function subnetId(
  request: {
    SubnetId?: string | undefined;
    Placement?: { AvailabilityZone?: string | undefined } | undefined;
    NetworkInterfaces?: readonly unknown[] | undefined;
  },
  { state, region }: MemoryContext,
): string | undefined {
  const zone = request.Placement?.AvailabilityZone;
  if (zone === undefined || request.SubnetId !== undefined || request.NetworkInterfaces?.length) {
    return request.SubnetId;
  }
  const subnet = [...state.ec2.subnets.values()].find(
    (each) => each.isDefault && region + each.zone === zone,
  );
  if (subnet) return subnet.subnetId;
  throw invalid(`Invalid availability zone: [${zone}]`);
}

function viewLaunch(
  reservationId: string,
  context: MemoryContext,
  state?: InstanceRecord['state'],
): JsonObject {
  const launched = [...context.state.ec2.instances.values()].filter(
    (each) => each.reservationId === reservationId,
  );
  return {
    ReservationId: reservationId,
    OwnerId: context.accountId,
    Groups: [],
    Instances: launched.map((each) => ({
      ...viewInstance(each, context),
      State: viewState(state ?? each.state),
    })),
  };
}

function assertCounts({ MinCount, MaxCount }: { MinCount: number; MaxCount: number }): void {
  if (MinCount < 1)
    throw invalid(`Value ( ${MinCount} ) for parameter minCount is invalid. Value must be larger than 0.`);
  if (MaxCount < 1)
    throw invalid(`Value ( ${MaxCount} ) for parameter maxCount is invalid. Value must be larger than 0.`);
  if (MinCount > MaxCount)
    throw invalid('The minimum instance count may not exceed the maximum instance count');
  if (MaxCount > MAX_INSTANCES) {
    throw new AwsError(
      'InstanceLimitExceeded',
      `You have requested more instances (${MaxCount}) than the in-memory account launches at once (${MAX_INSTANCES}).`,
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
