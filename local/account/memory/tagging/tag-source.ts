import type { MemoryContext } from '../operation.ts';

export interface TaggedResource {
  readonly arn: string;
  /** As `ResourceTypeFilters` spells it: `ec2:security-group`. */
  readonly resourceType: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** What a service gives the Tagging API, so that its resources can be found and tagged by ARN. */
export interface TagSource {
  /** The service's name in ARNs. */
  readonly service: string;
  /** Resources that are or were tagged: the Tagging API shows no others. */
  tagged(context: MemoryContext): Iterable<TaggedResource>;
  /** @throws AwsError for an ARN that names nothing, and for tags that the service refuses */
  tag(arn: string, tags: Readonly<Record<string, string>>, context: MemoryContext): void;
  /** @throws AwsError for an ARN that names nothing */
  untag(arn: string, keys: readonly string[], context: MemoryContext): void;
}
