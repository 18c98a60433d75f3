import { AwsError } from '../../../aws-error.ts';
import { assertExists, SUBNET } from '../ec2/resource-ids.ts';
import type { MemoryContext } from '../operation.ts';
import type { GroupRecord } from './state.ts';

interface Sizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
}

/** @throws AwsError ValidationError where the sizes contradict each other */
export function assertSizes({ minSize, maxSize, desiredCapacity }: Sizes): void {
  if (minSize < 0 || maxSize < 0) throw invalid('Sizes may not be negative.');
  if (minSize > maxSize) {
    throw invalid(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`);
  }
  if (desiredCapacity < minSize || desiredCapacity > maxSize) {
    throw invalid(
      `Desired capacity:${desiredCapacity} must be between the specified min size:${minSize} and max size:${maxSize}`,
    );
  }
}

/** Where a group launches. @throws AwsError ValidationError */
export function placement(
  wanted: { subnets: string | undefined; zones: readonly string[] | undefined },
  { state, region }: MemoryContext,
): Pick<GroupRecord, 'subnetIds' | 'availabilityZones'> {
  const subnetIds = (wanted.subnets ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  const zones = wanted.zones ?? [];
  if (subnetIds.length === 0 && zones.length === 0) {
    throw invalid('At least one Availability Zone or VPC Subnet is required.');
  }
  for (const id of subnetIds) {
    try {
      assertExists(SUBNET, id, state.ec2);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AwsError('ValidationError', `The subnet is not valid: ${reason}`, { cause });
    }
  }
  for (const zone of zones) {
    if (zone.startsWith(region) && /^[a-f]$/.test(zone.slice(region.length))) continue;
    throw invalid(`Invalid availability zones: [${zone}]`);
  }
  const ofSubnets = subnetIds.map((id) => region + (state.ec2.subnets.get(id)?.zone ?? ''));
  const availabilityZones = [...new Set(subnetIds.length > 0 ? ofSubnets : zones)];
  return { subnetIds, availabilityZones };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
