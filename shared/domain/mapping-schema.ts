import * as z from 'zod/mini';
import { EXECUTION_MODES } from './execution-mode.ts';
import { REGION } from './finding.ts';
import { patternFault } from './match.ts';
import { windowFault } from './window.ts';

/** The key of the row that holds the defaults of all checks. */
export const DEFAULTS_ROW = '*';

const tag = z.string().check(z.regex(/^[^=]{1,128}(=.{0,256})?$/s, 'must be "key" or "key=value"'));
const text = z.string().check(z.minLength(1, 'must not be empty'));
const whole = (least: number, most: number) => {
  const fault = `must be a whole number from ${least} to ${most}`;
  return z.int(fault).check(z.gte(least, fault), z.lte(most, fault));
};
const pattern = text.check(
  z.refine((value) => patternFault(value) === undefined, {
    error: ({ input }) => `${patternFault(String(input))}`,
  }),
);
const account = z.string().check(z.regex(/^\d{12}$/, 'must be 12 digits'));
const region = z.string().check(z.regex(REGION, 'is no region'));
const either = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.optional(z.strictObject({ include: z.optional(schema), exclude: z.optional(schema) }));
const window = z.strictObject({ hours: text, timeZone: z._default(text, 'UTC') }).check(
  z.refine((value) => windowFault(value) === undefined, {
    error: ({ input }) => `${windowFault(input as never)}`,
  }),
);

/** Operational data that Remediator writes, or goes by: a row that said `answer` would say yes to itself. */
const OWN_KEYS: readonly string[] = [
  'account',
  'answer',
  'attempt',
  'automationExecutionId',
  'checkName',
  'closedBy',
  'decision',
  'detail',
  'execution',
  'findingId',
  'gathers',
  'next',
  'note',
  'parameters',
  'plan',
  'reason',
  'resource',
  'result',
  'rollback',
  'rollbackResult',
  'runbook',
];

/** OpsCenter: priority 1 to 5, severity 1 to 4, category and severity up to 64 characters. */
const opsItem = z.strictObject({
  severity: z.optional(z.enum(['1', '2', '3', '4'], 'must be "1", "2", "3" or "4"')),
  category: z.optional(text.check(z.maxLength(64, 'must have at most 64 characters'))),
  priority: z.optional(whole(1, 5)),
  data: z.optional(
    z.record(
      z.string().check(
        z.regex(
          /^(?!\/?(?:amazon|aws|amzn|ssm))[a-zA-Z0-9 _\-.:/]{1,128}$/i,
          'is no key that OpsCenter takes',
        ),
        z.refine((key) => !OWN_KEYS.includes(key), 'is a key that Remediator itself writes'),
      ),
      z.string().check(z.maxLength(4096, 'must have at most 4096 characters')),
    ),
  ),
  per: z.optional(z.enum(['resource', 'check'], 'must be "resource" or "check"')),
});

/** What both a check's row and the row `*` may say. */
const settings = {
  executionMode: z.optional(z.enum(EXECUTION_MODES, `must be one of ${EXECUTION_MODES.join(', ')}`)),
  requiredTags: z.optional(z.array(tag)),
  exemptTags: z.optional(z.array(tag)),
  accounts: either(z.array(account)),
  regions: either(z.array(region)),
  resourcePattern: either(pattern),
  maxAttempts: z.optional(whole(1, 25)),
  retryAfterSeconds: z.optional(whole(1, 86_400)),
  coolDownSeconds: z.optional(whole(0, 2_592_000)),
  maxConcurrent: z.optional(whole(1, 500)),
  maxPerHour: z.optional(whole(1, 1000)),
  maxErrors: z.optional(
    z.string().check(z.regex(/^(\d{1,3}|\d{1,2}%|100%)$/, 'must be a number or a percentage')),
  ),
  stopAfter: z.optional(z.strictObject({ findings: whole(1, 1000), withinMinutes: whole(1, 1440) })),
  failureBreaker: z.optional(
    z.strictObject({
      failures: whole(1, 100),
      withinMinutes: whole(1, 1440),
      trialAfterMinutes: z.optional(whole(1, 10_080)),
    }),
  ),
  changeCalendars: z.optional(z.array(text).check(z.maxLength(10, 'must have at most 10 names'))),
  windows: z.optional(z.array(window).check(z.minLength(1, 'must name a window'))),
  approveWithinHours: z.optional(whole(1, 720)),
  resolveOn: z.optional(z.enum(['execution', 'verification'], 'must be "execution" or "verification"')),
  verifyWithinHours: z.optional(whole(1, 336)),
  onStillRed: z.optional(
    z.enum(['retry', 'escalate', 'rollback'], 'must be "retry", "escalate" or "rollback"'),
  ),
  loop: z.optional(z.strictObject({ times: whole(1, 100), withinHours: whole(1, 8760) })),
  opsItem: z.optional(opsItem),
};

/** A check's row. */
export const rowSchema = z
  .strictObject({
    checkName: text,
    ssmAutomationDocument: text,
    automationParameters: text,
    regexPattern: text,
    automationStatus: z.boolean(),
    rollbackDocument: z.optional(text),
    rollbackParameters: z.optional(text),
    ...settings,
  })
  .check(
    z.refine((row) => row.onStillRed !== 'rollback' || row.rollbackDocument !== undefined, {
      error: 'is "rollback", and the row names no rollbackDocument',
      path: ['onStillRed'],
    }),
    z.refine((row) => (row.rollbackDocument === undefined) === (row.rollbackParameters === undefined), {
      error: 'and rollbackParameters come together',
      path: ['rollbackDocument'],
    }),
  );

/** What `remediator pause` leaves beside `executionMode: off`: who, when and why, and the mode that it took the place of. */
const pause = z.strictObject({
  by: text,
  at: text,
  reason: z.optional(text),
  executionMode: z.optional(z.string()),
});

/** The row `*` may set what is optional in a row, and switch everything off. */
export const defaultsSchema = z.strictObject({
  checkName: z.literal(DEFAULTS_ROW),
  automationStatus: z.optional(z.boolean()),
  pause: z.optional(pause),
  ...settings,
});

export type PauseNote = z.infer<typeof pause>;
export type MappingRow = z.infer<typeof rowSchema>;
export type MappingDefaults = z.infer<typeof defaultsSchema>;
