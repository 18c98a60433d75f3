import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { integer, text, texts } from '../../input.ts';
import type { MemoryContext } from '../../operation.ts';
import { autoScalingOperation, groupName, groupTag, invalid } from '../autoscaling-operation.ts';
import { groupSettings, launchSource } from '../group-settings.ts';
import { assertSizes, placement } from '../sizes.ts';
import type { LaunchSource } from '../state.ts';
import { createLaunchConfiguration } from './create-launch-configuration.ts';

/**
 * Its instances are launched, and in service, at once.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
export const createAutoScalingGroup = autoScalingOperation({
  input: {
    AutoScalingGroupName: groupName,
    ...groupSettings,
    InstanceId: text.optional(),
    MinSize: integer,
    MaxSize: integer,
    LoadBalancerNames: texts.default([]),
    TargetGroupARNs: texts.default([]),
    Tags: z.array(groupTag).default([]),
  },
  run: (input, context) => {
    const { groups } = context.state.autoscaling;
    const name = input.AutoScalingGroupName;
    if (groups.has(name)) {
      throw new AwsError(
        'AlreadyExists',
        `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      );
    }
    const { MinSize: minSize, MaxSize: maxSize, DesiredCapacity: desiredCapacity = minSize } = input;
    assertSizes({ minSize, maxSize, desiredCapacity });
    const place = placement({ subnets: input.VPCZoneIdentifier, zones: input.AvailabilityZones }, context);
    const source = launchSource(input, context) ?? sourceOfInstance(name, input.InstanceId, context);
    const tags = input.Tags.map(({ Key, Value, PropagateAtLaunch }) => {
      return [Key, { value: Value, propagateAtLaunch: PropagateAtLaunch }] as const;
    });
    groups.set(name, {
      name,
      arn: `arn:aws:autoscaling:${context.region}:${context.accountId}:autoScalingGroup:${context.ids.uuid()}:autoScalingGroupName/${name}`,
      createdTime: context.clock.now(),
      members: new Map(),
      suspended: new Map(),
      tags: new Map(tags),
      source,
      minSize,
      maxSize,
      desiredCapacity,
      ...place,
      defaultCooldown: input.DefaultCooldown ?? 300,
      healthCheckType: input.HealthCheckType ?? 'EC2',
      healthCheckGracePeriod: input.HealthCheckGracePeriod ?? 0,
      newInstancesProtectedFromScaleIn: input.NewInstancesProtectedFromScaleIn ?? false,
      terminationPolicies: input.TerminationPolicies ?? ['Default'],
      loadBalancerNames: input.LoadBalancerNames,
      targetGroupArns: input.TargetGroupARNs,
      capacityRebalance: input.CapacityRebalance,
      maxInstanceLifetime: input.MaxInstanceLifetime,
    });
    return {};
  },
});

/** A launch configuration like an instance, with the group's name. */
function sourceOfInstance(
  name: string,
  instanceId: string | undefined,
  context: MemoryContext,
): LaunchSource {
  if (instanceId === undefined) {
    throw invalid(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  }
  createLaunchConfiguration.run({ LaunchConfigurationName: name, InstanceId: instanceId }, context);
  return { kind: 'configuration', name };
}
