import type { z } from 'zod';
import { defineOperation, type MemoryOperation, type OperationDefinition } from '../operation.ts';

const INVALID = 'ValidationException';

/** An operation of AWS Config, with its error code for bad input. */
export function configOperation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation({ missing: INVALID, unknown: INVALID, invalid: INVALID }, definition);
}
