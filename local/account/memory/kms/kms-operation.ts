import type { z } from 'zod';
import { integer, text } from '../input.ts';
import { defineOperation, type MemoryOperation, type OperationDefinition } from '../operation.ts';
import { type Page, paginate } from '../pagination.ts';

const INVALID = 'ValidationException';

/** A KMS operation, with its error code for bad input. */
export function kmsOperation<Shape extends z.ZodRawShape>(
  definition: OperationDefinition<Shape>,
): MemoryOperation {
  return defineOperation({ missing: INVALID, unknown: INVALID, invalid: INVALID }, definition);
}

/** Parameters of a page. */
export const pageInput = {
  Limit: integer.refine((limit) => limit >= 1 && limit <= 1000, 'Expected 1 to 1000.').optional(),
  Marker: text.min(1).optional(),
};

/** One page as KMS tells where it ends. @throws AwsError InvalidMarkerException */
export function pageOf<T>(
  all: readonly T[],
  { Limit, Marker }: { Limit?: number | undefined; Marker?: string | undefined },
  defaultLimit: number,
): { readonly items: Page<T>['items']; readonly end: { Truncated: boolean; NextMarker?: string } } {
  const { items, nextToken } = paginate(all, {
    maxResults: Limit ?? defaultLimit,
    nextToken: Marker,
    invalidTokenCode: 'InvalidMarkerException',
  });
  const end = nextToken === undefined ? { Truncated: false } : { Truncated: true, NextMarker: nextToken };
  return { items, end };
}
