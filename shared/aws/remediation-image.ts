import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { RemediatorError } from '../domain/errors.ts';
import { REGION } from '../domain/finding.ts';
import { STATES } from '../domain/lifecycle.ts';
import type { RemediationRow } from '../domain/state-event.ts';
import type { Image } from './tracked-finding.ts';

const text = z.string().check(z.minLength(1));

const rowSchema = z.lazy(() =>
  z.object({
    findingId: text,
    attempt: z.string().check(z.regex(/^\d{6,}-\d{3,}$/)),
    state: z.enum(STATES),
    stateReason: text,
    reasonCode: text,
    checkName: text,
    resource: text,
    account: z.string().check(z.regex(/^\d{12}$/)),
    region: z.string().check(z.regex(REGION)),
    enteredAt: z.partialRecord(z.enum(STATES), z.iso.datetime()),
    document: z.optional(text),
    automationExecutionId: z.optional(text),
    opsItemId: z.optional(text),
    approval: z.optional(z.object({ by: text })),
  }),
);

/**
 * A row of AutomationExecutionTrackerTable, as its stream shows it: as much as an event tells of it.
 * @throws RemediatorError RECORD_MALFORMED
 */
export function remediationRowFrom(image: Image): RemediationRow {
  const result = rowSchema.safeParse(unmarshall(image));
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`);
  throw new RemediatorError(
    'RECORD_MALFORMED',
    `A row of AutomationExecutionTrackerTable cannot be read: ${faults.join('; ')}.`,
  );
}
