import type { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { flag } from '../input.ts';
import { defineOperation, type MemoryOperation, type OperationDefinition } from '../operation.ts';

const CODES = { missing: 'MissingParameter', unknown: 'UnknownParameter', invalid: 'InvalidParameterValue' };

/**
 * An EC2 operation: as `defineOperation`, with EC2's error codes and its DryRun.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function ec2Operation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  const operation = defineOperation(CODES, definition);
  return {
    run: ({ DryRun, ...input }, context) => {
      if (DryRun !== undefined && parseDryRun(DryRun)) {
        defineOperation(CODES, { input: definition.input, run: () => ({}) }).run(input, context);
        throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {
          statusCode: 412,
        });
      }
      return operation.run(input, context);
    },
  };
}

function parseDryRun(value: unknown): boolean {
  const parsed = flag.safeParse(value);
  if (!parsed.success) throw new AwsError(CODES.invalid, 'Invalid value for DryRun. Expected true or false.');
  return parsed.data;
}
