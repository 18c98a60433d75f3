import type { JsonObject } from '../../../service.ts';
import type { MemoryContext } from '../operation.ts';

/** A resource of the account, as far as a configuration item says what its service does not. */
export interface RecordedResource {
  readonly arn: string;
  /** The name where the ID is another. */
  readonly name?: string;
  /** `global` for IAM. */
  readonly region: string;
  /** @default 'Not Applicable' */
  readonly zone?: string;
  readonly createdAt?: Date;
  /** As the service's own API describes it. */
  readonly configuration: JsonObject;
}

/** Finds a resource by the ID that AWS Config gives it. */
export type ResourceFinder = (resourceId: string, context: MemoryContext) => RecordedResource | undefined;
