import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';
import { ec2Resources } from './ec2-resources.ts';
import { iamResources } from './iam-resources.ts';
import { otherResources } from './other-resources.ts';
import type { ResourceFinder } from './recorded.ts';

const finders: ReadonlyMap<string, ResourceFinder> = new Map([
  ...Object.entries(ec2Resources),
  ...Object.entries(iamResources),
  ...Object.entries(otherResources),
]);

export interface ResourceKey {
  /** Such as `AWS::S3::Bucket`. */
  readonly resourceType: string;
  readonly resourceId: string;
}

/** A resource's base configuration item, recorded now; undefined where there is none. */
export function configurationItem(key: ResourceKey, context: MemoryContext): JsonObject | undefined {
  const found = finders.get(key.resourceType)?.(key.resourceId, context);
  if (found === undefined) return undefined;
  const now = context.clock.now();
  return {
    version: '1.3',
    accountId: context.accountId,
    configurationItemCaptureTime: now,
    configurationItemStatus: 'OK',
    configurationStateId: String(now.getTime()),
    arn: found.arn,
    ...key,
    ...(found.name === undefined ? {} : { resourceName: found.name }),
    awsRegion: found.region,
    availabilityZone: found.zone ?? 'Not Applicable',
    ...(found.createdAt ? { resourceCreationTime: found.createdAt } : {}),
    configuration: JSON.stringify(toCamelCase(found.configuration)),
    supplementaryConfiguration: {},
  };
}

/** AWS Config begins the names of the APIs' members with a small letter. */
function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.slice(0, 1).toLowerCase() + name.slice(1),
      toCamelCase(member),
    ]),
  );
}
