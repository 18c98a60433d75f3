import { integer } from '../../input.ts';
import { autoScalingOperation, groupName } from '../autoscaling-operation.ts';
import { groupSettings, launchSource } from '../group-settings.ts';
import { requireGroup } from '../groups.ts';
import { assertSizes, placement } from '../sizes.ts';

/**
 * Instances are launched and terminated at once, as the new sizes want it.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 */
export const updateAutoScalingGroup = autoScalingOperation({
  input: {
    AutoScalingGroupName: groupName,
    ...groupSettings,
    MinSize: integer.optional(),
    MaxSize: integer.optional(),
  },
  run: (input, context) => {
    const group = requireGroup(input.AutoScalingGroupName, context);
    const { MinSize: minSize = group.minSize, MaxSize: maxSize = group.maxSize } = input;
    // Without a word on it, the desired capacity moves between the new bounds.
    const desiredCapacity =
      input.DesiredCapacity ?? Math.min(Math.max(group.desiredCapacity, minSize), maxSize);
    assertSizes({ minSize, maxSize, desiredCapacity });
    const { VPCZoneIdentifier: subnets, AvailabilityZones: zones } = input;
    const place =
      subnets === undefined && zones === undefined ? undefined : placement({ subnets, zones }, context);
    const source = launchSource(input, context) ?? group.source;
    Object.assign(group, { minSize, maxSize, desiredCapacity, source }, place);
    group.defaultCooldown = input.DefaultCooldown ?? group.defaultCooldown;
    group.healthCheckType = input.HealthCheckType ?? group.healthCheckType;
    group.healthCheckGracePeriod = input.HealthCheckGracePeriod ?? group.healthCheckGracePeriod;
    group.terminationPolicies = input.TerminationPolicies ?? group.terminationPolicies;
    group.newInstancesProtectedFromScaleIn =
      input.NewInstancesProtectedFromScaleIn ?? group.newInstancesProtectedFromScaleIn;
    group.capacityRebalance = input.CapacityRebalance ?? group.capacityRebalance;
    group.maxInstanceLifetime = input.MaxInstanceLifetime ?? group.maxInstanceLifetime;
    return {};
  },
});
