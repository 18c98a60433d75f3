import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { flag, integer, tag, text } from '../input.ts';
import { defineOperation, type MemoryOperation, type OperationDefinition } from '../operation.ts';
import { paginate } from '../pagination.ts';
import { settleGroups } from './settle.ts';

const INVALID = 'ValidationError';

/**
 * An Auto Scaling operation: as `defineOperation`, with Auto Scaling's error code for input that does not fit.
 * Before it runs, every group catches up with what happened to its instances since the last call: those that were
 * terminated leave it, those that were stopped are replaced. In AWS that takes a health check and some minutes.
 */
export function autoScalingOperation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation(
    { missing: INVALID, unknown: INVALID, invalid: INVALID },
    {
      input: definition.input,
      run: (input, context) => {
        settleGroups(context);
        const answer = definition.run(input, context);
        settleGroups(context);
        return answer;
      },
    },
  );
}

export function invalid(message: string): AwsError {
  return new AwsError(INVALID, message);
}

export const groupName = z.string().min(1).max(255);

/** The parameters of the Describe operations. */
export const pageInput = {
  MaxRecords: integer.refine((count) => count >= 1 && count <= 100, 'Expected 1 to 100.').optional(),
  NextToken: text.optional(),
};

const pageSchema = z.object(pageInput);

const DEFAULT_PAGE = 50;

/** One page of a list, under `member`. */
export function describePage(
  member: string,
  all: readonly unknown[],
  request: z.output<typeof pageSchema>,
): JsonObject {
  const { items, nextToken } = paginate(all, {
    maxResults: request.MaxRecords ?? DEFAULT_PAGE,
    nextToken: request.NextToken,
    invalidTokenCode: 'InvalidNextToken',
  });
  return { [member]: items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

export const filters = z.array(z.strictObject({ Name: text, Values: z.array(text).default([]) })).default([]);

export const groupTag = tag.extend({
  ResourceId: text.optional(),
  ResourceType: z.literal('auto-scaling-group').optional(),
  PropagateAtLaunch: flag.default(false),
});
