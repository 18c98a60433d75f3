import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import type { JsonObject } from '../../../../service.ts';
import { flag, integer, text, texts } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { rememberLaunch, repeatedLaunch } from '../idempotency.ts';
import { viewInstance, viewState } from '../instances.ts';
import { interfaceSpecification, planNetwork } from '../interface-plans.ts';
import { interfacesOf } from '../interfaces.ts';
import { LAUNCH_DEFAULTS, launchInstance } from '../launch.ts';
import { assertImageId, INSTANCE, NETWORK_INTERFACE, newId } from '../resource-ids.ts';
import type { InstanceRecord } from '../state.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

const MAX_INSTANCES = 100;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html (images and volumes are not modelled) */
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
    PrivateIpAddress: text.optional(),
    NetworkInterfaces: z.array(interfaceSpecification).optional(),
    TagSpecifications: tagSpecifications.optional(),
    ClientToken: text.max(64).optional(),
    UserData: text.optional(),
    IamInstanceProfile: z.strictObject({ Arn: text.optional(), Name: text.optional() }).optional(),
    Monitoring: z.strictObject({ Enabled: flag }).optional(),
    EbsOptimized: flag.default(false),
    DisableApiTermination: flag.default(false),
    DisableApiStop: flag.default(false),
    InstanceInitiatedShutdownBehavior: z.enum(['stop', 'terminate']).default('stop'),
    MetadataOptions: z.strictObject({ HttpTokens: z.enum(['optional', 'required']).optional() }).optional(),
  },
  run: (input, context) => {
    const { ec2 } = context.state;
    const repeated = repeatedLaunch(input.ClientToken, input, ec2);
    if (repeated !== undefined) return viewLaunch(repeated, context);
    assertCounts(input);
    assertImageId(input.ImageId);
    const taggable = [INSTANCE.resourceType, NETWORK_INTERFACE.resourceType, 'volume'];
    const instanceTags = specifiedTags(input.TagSpecifications, INSTANCE.resourceType, taggable);
    const interfaceTags = specifiedTags(input.TagSpecifications, NETWORK_INTERFACE.resourceType, taggable);
    const network = planNetwork(input, input.MaxCount, context);
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
          iamInstanceProfileArn: profileArn(input.IamInstanceProfile, context),
          monitoring: input.Monitoring?.Enabled ?? false,
          ebsOptimized: input.EbsOptimized,
          disableApiTermination: input.DisableApiTermination,
          disableApiStop: input.DisableApiStop,
          shutdownBehavior: input.InstanceInitiatedShutdownBehavior,
          httpTokens: input.MetadataOptions?.HttpTokens ?? LAUNCH_DEFAULTS.httpTokens,
        },
        context,
      );
      putTags(ec2, instanceId, instanceTags);
      for (const each of interfacesOf(instanceId, ec2)) putTags(ec2, each.interfaceId, interfaceTags);
    }
    rememberLaunch(input.ClientToken, { request: input, reservationId }, ec2);
    return viewLaunch(reservationId, context, 'pending');
  },
});

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

function profileArn(
  profile: { Arn?: string | undefined; Name?: string | undefined } | undefined,
  { accountId }: MemoryContext,
): string | undefined {
  if (profile?.Name !== undefined) return `arn:aws:iam::${accountId}:instance-profile/${profile.Name}`;
  return profile?.Arn;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
