import * as z from 'zod/mini';
import { RemediatorError } from '../domain/errors.ts';
import { REGION } from '../domain/finding.ts';
import type { ExecutionEnd } from '../use-cases/close-execution.ts';
import type { ResolvedOpsItem } from '../use-cases/resolve-by-person.ts';

// Systems Manager's own events. https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-eventbridge-events.html

const region = z.string().check(z.regex(REGION, 'is no region'));

const executionSchema = z.object({
  region,
  detail: z.object({
    ExecutionId: z.string().check(z.regex(/^[0-9a-f-]{36}$/i, 'is no execution ID')),
    Status: z.string().check(z.minLength(1)),
  }),
});

/**
 * "EC2 Automation Execution Status-change Notification".
 * @throws RemediatorError EVENT_INCOMPLETE
 */
export function executionEndFrom(event: unknown): ExecutionEnd {
  const { detail, region } = parse(executionSchema, event);
  return { automationExecutionId: detail.ExecutionId, status: detail.Status, region };
}

const opsItemSchema = z.object({
  region,
  detail: z.object({
    'ops-item-id': z.string().check(z.regex(/^oi-[0-9a-f]{12}$/, 'is no OpsItem ID')),
    'modified-by': z.optional(z.string()),
  }),
});

/**
 * "OpsItem Update" with status Resolved.
 * @throws RemediatorError EVENT_INCOMPLETE
 */
export function resolvedOpsItemFrom(event: unknown): ResolvedOpsItem {
  const { detail, region } = parse(opsItemSchema, event);
  return { opsItemId: detail['ops-item-id'], region, by: detail['modified-by'] ?? 'someone' };
}

function parse<Output>(schema: z.ZodMiniType<Output>, event: unknown): Output {
  const result = schema.safeParse(event);
  if (result.success) return result.data;
  const faults = result.error.issues
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
    .join('; ');
  throw new RemediatorError('EVENT_INCOMPLETE', `The Systems Manager event cannot be read: ${faults}.`);
}
