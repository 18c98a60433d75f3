import * as z from 'zod/mini';
import { RemediatorError } from '../domain/errors.ts';
import { REGION } from '../domain/finding.ts';
import type { OpsItemWord } from '../use-cases/answer.ts';
import type { ExecutionEnd } from '../use-cases/close-attempt.ts';

// Systems Manager's own events. https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-eventbridge-events.html

const region = z.string().check(z.regex(REGION, 'is no region'));

const account = z.string().check(z.regex(/^\d{12}$/, 'is no account'));

const executionSchema = z.lazy(() =>
  z.looseObject({
    account,
    region,
    detail: z.looseObject({
      ExecutionId: z.string().check(z.regex(/^[0-9a-f-]{36}$/i, 'is no execution ID')),
      Status: z.string().check(z.minLength(1)),
    }),
  }),
);

/**
 * "EC2 Automation Execution Status-change Notification".
 * @throws RemediatorError EVENT_INCOMPLETE
 */
export function executionEndFrom(event: unknown): ExecutionEnd {
  const { detail, account, region } = parse(executionSchema, event);
  return { automationExecutionId: detail.ExecutionId, status: detail.Status, account, region };
}

const opsItemSchema = z.lazy(() =>
  z.looseObject({
    account,
    region,
    detail: z.looseObject({
      'ops-item-id': z.string().check(z.regex(/^oi-[0-9a-f]{12}$/, 'is no OpsItem ID')),
      'modified-by': z.optional(z.string()),
      status: z.optional(z.string()),
    }),
  }),
);

/**
 * "OpsItem Update".
 * @throws RemediatorError EVENT_INCOMPLETE
 */
export function opsItemWordFrom(event: unknown): OpsItemWord {
  const { detail, account, region } = parse(opsItemSchema, event);
  const { status = '', 'modified-by': by = 'someone' } = detail;
  return { opsItemId: detail['ops-item-id'], account, region, status, by };
}

function parse<Output>(schema: z.ZodMiniType<Output>, event: unknown): Output {
  const result = schema.safeParse(event);
  if (result.success) return result.data;
  const faults = result.error.issues
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
    .join('; ');
  throw new RemediatorError('EVENT_INCOMPLETE', `The Systems Manager event cannot be read: ${faults}.`);
}
