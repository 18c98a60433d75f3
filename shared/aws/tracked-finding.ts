import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { RemediatorError } from '../domain/errors.ts';
import { REGION, type TrackedFinding } from '../domain/finding.ts';

/** An item as DynamoDB and its streams give it. */
export type Image = Record<string, AttributeValue>;

/** What a Date can hold. */
const MAX_DATE_MS = 8.64e15;

const text = z.string().check(z.minLength(1));

const epochMs = z.number().check(z.gte(-MAX_DATE_MS), z.lte(MAX_DATE_MS));

const rowSchema = z.lazy(() =>
  z.object({
    findingId: text,
    source: text,
    sourceFindingId: z.optional(text),
    checkName: text,
    checkId: z.optional(text),
    checkAliases: z.optional(z.array(text)),
    account: z.string().check(z.regex(/^\d{12}$/)),
    region: z.string().check(z.regex(REGION)),
    resource: text,
    resourceType: text,
    resourceStatus: z.enum(['Red', 'Yellow', 'Green']),
    statusReason: z.optional(z.string()),
    severity: z.optional(z.string()),
    lastUpdatedEpochMs: epochMs,
    observedEpochMs: z.optional(epochMs),
    approval: z.optional(z.object({ by: text, at: z.string().check(z.refine(isTime, 'is no time')) })),
    episode: z.int().check(z.gte(0)),
    detail: z.record(z.string(), z.nullable(z.string())),
  }),
);

/**
 * A row of CheckTrackerTable.
 * @throws RemediatorError RECORD_MALFORMED
 */
export function trackedFindingFrom(image: Image | undefined): TrackedFinding {
  const result = rowSchema.safeParse(image && unmarshall(image, { wrapNumbers: Number }));
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`);
    throw new RemediatorError(
      'RECORD_MALFORMED',
      `A row of CheckTrackerTable cannot be read: ${faults.join('; ')}.`,
    );
  }
  const { resourceStatus: status, lastUpdatedEpochMs, observedEpochMs, ...rest } = result.data;
  return {
    // What DynamoDB did not have is not there: the schema writes no `undefined`.
    ...(rest as Omit<TrackedFinding, 'status' | 'observedAt'>),
    status,
    observedAt: new Date(observedEpochMs ?? lastUpdatedEpochMs),
    ...(observedEpochMs === undefined ? {} : { orderedAt: new Date(lastUpdatedEpochMs) }),
  };
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
