import type * as z from 'zod/mini';
import { namesOf } from './check-names.ts';
import { RemediatorError } from './errors.ts';
import { type ExecutionMode, saferOf } from './execution-mode.ts';
import type { CheckNames } from './finding.ts';
import {
  DEFAULTS_ROW,
  defaultsSchema,
  type MappingDefaults,
  type MappingRow,
  type PauseNote,
  rowSchema,
} from './mapping-schema.ts';
import type { Window } from './window.ts';

/** Which findings a mapping is for. What is not said admits everything. */
export type Scope = Pick<MappingDefaults, 'accounts' | 'regions' | 'resourcePattern'>;

/** How many remediations may be under way, and what stops all of a check's. */
export interface Limits {
  readonly maxConcurrent?: number | undefined;
  readonly maxPerHour?: number | undefined;
  readonly stopAfter?: { readonly findings: number; readonly withinMinutes: number } | undefined;
  readonly failureBreaker?:
    | {
        readonly failures: number;
        readonly withinMinutes: number;
        readonly trialAfterMinutes?: number | undefined;
      }
    | undefined;
}

/** What is settled when an attempt begins, and holds until it is over. */
export interface Policy {
  readonly maxAttempts: number;
  readonly retryAfterSeconds: number;
  readonly coolDownSeconds: number;
  readonly resolveOn: 'execution' | 'verification';
  readonly verifyWithinHours: number;
  readonly onStillRed: 'retry' | 'escalate' | 'rollback';
}

/** How a finding's OpsItem looks. */
export interface OpsItemOptions {
  readonly severity?: string | undefined;
  readonly category?: string | undefined;
  readonly priority?: number | undefined;
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly per?: 'resource' | 'check' | undefined;
}

/**
 * How a check is remediated: its row of AutomationMappingTable together with the row `*`.
 * docs/mappings.md says what each attribute means.
 */
export interface Mapping extends Limits, Policy {
  readonly checkName: string;
  /** Name or ARN of the SSM Automation runbook. */
  readonly ssmAutomationDocument: string;
  /** A JSON object of string lists with placeholders, as StartAutomationExecution takes it. */
  readonly automationParameters: string;
  /** RE2, searched in the resource. */
  readonly regexPattern: string;
  readonly executionMode: ExecutionMode;
  /** The row `*` is off: nothing starts anywhere. */
  readonly paused: boolean;
  /** Who paused it and why, where they said so. */
  readonly pause?: PauseNote | undefined;
  /** Tags (`key` or `key=value`) that the resource must carry, all of them, before it is acted upon. */
  readonly requiredTags: readonly string[];
  /** Tags of which one is enough for the resource to be left alone. */
  readonly exemptTags: readonly string[];
  /** The finding must be in all of them. */
  readonly scopes: readonly Scope[];
  readonly maxErrors?: string | undefined;
  readonly changeCalendars: readonly string[];
  readonly windows: readonly Window[];
  readonly approveWithinHours: number;
  readonly loop: { readonly times: number; readonly withinHours: number };
  readonly rollbackDocument?: string | undefined;
  readonly rollbackParameters?: string | undefined;
  readonly opsItem: OpsItemOptions;
}

/** What holds where neither row says otherwise. */
const BUILT_IN = {
  maxAttempts: 3,
  retryAfterSeconds: 300,
  coolDownSeconds: 0,
  resolveOn: 'execution',
  verifyWithinHours: 24,
  onStillRed: 'retry',
  approveWithinHours: 72,
  loop: { times: 3, withinHours: 24 },
} as const;

/**
 * The mapping that a row and the defaults make together: the row's own values win, and conditions (tags, scopes,
 * calendars) add up. No default loosens what a row says.
 * @throws RemediatorError MAPPING_INVALID, MAPPING_ATTRIBUTE_UNKNOWN: with all faults of the row
 */
export function mappingFrom(row: unknown, defaultsRow?: unknown): Mapping {
  const mapping = parse(rowSchema, row);
  const defaults: MappingDefaults =
    defaultsRow === undefined ? { checkName: DEFAULTS_ROW } : parse(defaultsSchema, defaultsRow);
  const settle = <Name extends keyof typeof BUILT_IN>(name: Name) =>
    mapping[name] ?? defaults[name] ?? BUILT_IN[name];
  return {
    checkName: mapping.checkName,
    ssmAutomationDocument: mapping.ssmAutomationDocument,
    automationParameters: mapping.automationParameters,
    regexPattern: mapping.regexPattern,
    rollbackDocument: mapping.rollbackDocument,
    rollbackParameters: mapping.rollbackParameters,
    executionMode: modeOf(mapping, defaults),
    paused: defaults.executionMode === 'off',
    pause: defaults.executionMode === 'off' ? defaults.pause : undefined,
    requiredTags: union(defaults.requiredTags, mapping.requiredTags),
    exemptTags: union(defaults.exemptTags, mapping.exemptTags),
    scopes: [scopeOf(defaults), scopeOf(mapping)].filter((scope) => Object.keys(scope).length > 0),
    maxAttempts: settle('maxAttempts'),
    retryAfterSeconds: settle('retryAfterSeconds'),
    coolDownSeconds: settle('coolDownSeconds'),
    maxConcurrent: mapping.maxConcurrent ?? defaults.maxConcurrent,
    maxPerHour: mapping.maxPerHour ?? defaults.maxPerHour,
    maxErrors: mapping.maxErrors ?? defaults.maxErrors,
    stopAfter: mapping.stopAfter ?? defaults.stopAfter,
    failureBreaker: mapping.failureBreaker ?? defaults.failureBreaker,
    changeCalendars: union(defaults.changeCalendars, mapping.changeCalendars),
    windows: mapping.windows ?? defaults.windows ?? [],
    approveWithinHours: settle('approveWithinHours'),
    resolveOn: settle('resolveOn'),
    verifyWithinHours: settle('verifyWithinHours'),
    onStillRed: settle('onStillRed'),
    loop: settle('loop'),
    opsItem: {
      ...defaults.opsItem,
      ...mapping.opsItem,
      data: { ...defaults.opsItem?.data, ...mapping.opsItem?.data },
    },
  };
}

/** The names under which a check's row may stand, the most exact first. A check that is known by its name alone is text. */
export function mappingKeysOf(check: CheckNames | string): readonly string[] {
  return namesOf(typeof check === 'string' ? { checkName: check } : check);
}

/** A row's own mode wins over the default one; `automationStatus: false`, in either row, lets nothing act. */
function modeOf(row: MappingRow, defaults: MappingDefaults): ExecutionMode {
  const asked = row.executionMode ?? defaults.executionMode ?? 'automatic';
  if (defaults.executionMode === 'off') return 'off';
  return row.automationStatus && defaults.automationStatus !== false ? asked : saferOf(asked, 'notify');
}

function scopeOf({ accounts, regions, resourcePattern }: Scope): Scope {
  return {
    ...(accounts ? { accounts } : {}),
    ...(regions ? { regions } : {}),
    ...(resourcePattern ? { resourcePattern } : {}),
  };
}

function union(a: readonly string[] = [], b: readonly string[] = []): readonly string[] {
  return [...new Set([...a, ...b])];
}

function parse<Output>(schema: z.ZodMiniType<Output>, row: unknown): Output {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const unknown = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [],
  );
  const faults = result.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return issue.code === 'unrecognized_keys'
      ? `unknown attribute ${issue.keys.map((key) => JSON.stringify(path ? `${path}.${key}` : key)).join(', ')}`
      : `${path || 'row'}: ${(issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message}`;
  });
  const name = (row as { checkName?: unknown } | null)?.checkName;
  throw new RemediatorError(
    unknown.length > 0 ? 'MAPPING_ATTRIBUTE_UNKNOWN' : 'MAPPING_INVALID',
    `The mapping row ${JSON.stringify(name ?? null)} is broken: ${faults.join('; ')}.`,
  );
}
