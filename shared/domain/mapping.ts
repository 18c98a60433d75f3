import * as z from 'zod/mini';
import { RemediatorError } from './errors.ts';

/** The key of the row that holds the defaults of all checks. */
export const DEFAULTS_ROW = '*';

/**
 * How a check is remediated: one row of AutomationMappingTable.
 * Unknown attributes are refused: a typo must never mean "no limit".
 */
export interface Mapping {
  readonly checkName: string;
  /** Name or ARN of the SSM Automation runbook. */
  readonly ssmAutomationDocument: string;
  /** A JSON object of string lists with placeholders, as StartAutomationExecution takes it. */
  readonly automationParameters: string;
  /** RE2, searched in the resource. */
  readonly regexPattern: string;
  /** Whether remediation starts by itself. */
  readonly automationStatus: boolean;
  /** Tags (`key` or `key=value`) that the resource must carry, all of them, before it is acted upon. */
  readonly requiredTags: readonly string[];
}

const tag = z.string().check(z.regex(/^[^=]{1,128}(=.{0,256})?$/s, 'must be "key" or "key=value"'));
const text = z.string().check(z.minLength(1, 'must not be empty'));

const rowSchema = z.strictObject({
  checkName: text,
  ssmAutomationDocument: text,
  automationParameters: text,
  regexPattern: text,
  automationStatus: z.boolean(),
  requiredTags: z.optional(z.array(tag)),
});

/** The row `*` may set what is optional in a row, and switch everything off. */
const defaultsSchema = z.strictObject({
  checkName: z.literal(DEFAULTS_ROW),
  automationStatus: z.optional(z.boolean()),
  requiredTags: z.optional(z.array(tag)),
});

export type MappingDefaults = z.infer<typeof defaultsSchema>;

/**
 * The mapping that a row and the defaults make together.
 * The narrower of two settings counts: automation is on where both say so, required tags add up.
 * @throws RemediatorError MAPPING_INVALID, MAPPING_ATTRIBUTE_UNKNOWN: with all faults of the row
 */
export function mappingFrom(row: unknown, defaultsRow?: unknown): Mapping {
  const mapping = parse(rowSchema, row);
  const defaults: MappingDefaults =
    defaultsRow === undefined ? { checkName: DEFAULTS_ROW } : parse(defaultsSchema, defaultsRow);
  return {
    ...mapping,
    automationStatus: mapping.automationStatus && defaults.automationStatus !== false,
    requiredTags: [...new Set([...(defaults.requiredTags ?? []), ...(mapping.requiredTags ?? [])])],
  };
}

/**
 * The names under which a check's row may stand.
 * Some checks' names end in a space (`Load Balancer Optimization `), and people copy them with it.
 */
export function mappingKeysOf(checkName: string): readonly string[] {
  return [checkName, `${checkName} `];
}

function parse<Output>(schema: z.ZodMiniType<Output>, row: unknown): Output {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const unknown = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [],
  );
  const faults = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `unknown attribute ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`
      : `${issue.path.join('.') || 'row'}: ${issue.message}`,
  );
  const name = (row as { checkName?: unknown } | null)?.checkName;
  throw new RemediatorError(
    unknown.length > 0 ? 'MAPPING_ATTRIBUTE_UNKNOWN' : 'MAPPING_INVALID',
    `The mapping row ${JSON.stringify(name ?? null)} is broken: ${faults.join('; ')}.`,
  );
}
