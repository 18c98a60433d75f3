import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import {
  defineOperation,
  type MemoryContext,
  type MemoryOperation,
  type OperationDefinition,
} from '../operation.ts';
import type { TagSource } from './tag-source.ts';
import { tagSources } from './tag-sources.ts';

const INVALID = 'InvalidParameterException';

/** An operation of the Resource Groups Tagging API, with its error code for bad input. */
export function taggingOperation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation({ missing: INVALID, unknown: INVALID, invalid: INVALID }, definition);
}

/** One to twenty ARNs. */
export const arnList = z.array(z.string().min(1).max(1011)).min(1).max(20);

/** Does something to each ARN; what fails is told for its ARN alone, as the API does, and stops no other. */
export function forEachArn(
  arns: readonly string[],
  context: MemoryContext,
  act: (source: TagSource, arn: string) => void,
): JsonObject {
  const failed = new Map<string, JsonObject>();
  for (const arn of arns) {
    try {
      act(sourceOf(arn, context), arn);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.set(arn, { StatusCode: 400, ErrorCode: INVALID, ErrorMessage: error.message });
    }
  }
  return { FailedResourcesMap: Object.fromEntries(failed) };
}

function sourceOf(arn: string, { accountId }: MemoryContext): TagSource {
  const [prefix, , service, , account] = arn.split(':');
  const source = tagSources.find((each) => each.service === service);
  // ARNs of buckets have no account.
  if (prefix !== 'arn' || (account || accountId) !== accountId || source === undefined) {
    throw new AwsError(INVALID, `The ARN ${arn} is not of a resource of this account that can be tagged.`);
  }
  return source;
}
