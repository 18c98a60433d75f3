import { createHash } from 'node:crypto';
import type { State } from './lifecycle.ts';
import type { Limits, OpsItemOptions, Policy } from './mapping.ts';
import type { RunbookParameters } from './template.ts';

/** Names one attempt at one finding: the key of AutomationExecutionTrackerTable. */
export interface AttemptKey {
  readonly findingId: string;
  /** `<episode>-<attempt>`, padded so that it sorts: `000001-001`. */
  readonly attempt: string;
}

/** One row of AutomationExecutionTrackerTable: what was done about a finding, and why. */
export interface Remediation extends AttemptKey {
  readonly state: State;
  /** Code and sentence of the newest decision or result. */
  readonly stateReason: string;
  /** The code alone. */
  readonly reasonCode: string;
  /** ISO 8601: since when decisions have given that code. */
  readonly reasonSince?: string;
  readonly checkName: string;
  readonly resource: string;
  /** ISO 8601: when the source saw what the attempt was made for. */
  readonly observedAt?: string;
  /** Where the runbook runs and the OpsItem stands. */
  readonly account: string;
  readonly region: string;
  readonly clientToken: string;
  readonly document?: string;
  readonly parameters?: RunbookParameters;
  /** What was settled when the attempt began. */
  readonly policy?: Policy & Limits & { readonly rollback?: Rollback; readonly opsItem?: OpsItemOptions };
  /** ISO 8601: until when a person who is asked may answer. */
  readonly answerBy?: string;
  /** Who said yes, and to what: a digest of document and parameters. */
  readonly approval?: { readonly by: string; readonly at: string; readonly of: string };
  readonly opsItemId?: string;
  /** The OpsItem stands for others too: of a check, or of a storm. */
  readonly sharesOpsItem?: boolean;
  /** A person opened its OpsItem again when it was over: the next Green resolves that once more. */
  readonly reopened?: boolean;
  readonly automationExecutionId?: string;
  /** Its newest start was, or is to be, one of many: of a rate-controlled execution. */
  readonly batch?: BatchMembership;
  /** ISO 8601 of the newest time that each state was entered. */
  readonly enteredAt: Partial<Record<State, string>>;
  /** ISO 8601: when its execution ended well. */
  readonly succeededAt?: string;
  /** Its episode was counted among the check's arrivals, for `stopAfter`. */
  readonly arrived?: boolean;
  /** ISO 8601: the end of the backoff after the attempt before it. */
  readonly notBefore?: string;
  /** ISO 8601: when the reconciler looks again. */
  readonly nextActionAt?: string;
}

/** A row's place in a rate-controlled execution. Its child has an ID of its own, which the row gets once it is known. */
export interface BatchMembership {
  /** The client token of the whole, which its tag bears too. */
  readonly token: string;
  /** The parameter whose value tells which child is the row's. */
  readonly parameter: string;
  /** The whole: the parent of its children. Not there until it has been started. */
  readonly executionId?: string;
}

/** How a remediation is undone: filled in when that is asked for, since it may need the execution's outputs. */
export interface Rollback {
  readonly document: string;
  /** A template as automationParameters is one, with `$outputs.step.Name` besides. */
  readonly parameters: string;
  /** The mapping's. */
  readonly regexPattern: string;
}

/** Digest of what would be started: an approval is of exactly this. */
export function digestOf(document: string, parameters: RunbookParameters): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([document, sorted]))
    .digest('hex');
}

/** Whether somebody said yes to what the row would start. */
export function isApproved({ approval, document, parameters }: Remediation): boolean {
  return (
    approval !== undefined &&
    document !== undefined &&
    parameters !== undefined &&
    approval.of === digestOf(document, parameters)
  );
}

/** Names an attempt in RemediationGuardTable. */
export function guardKeyOf({ findingId, attempt }: AttemptKey): string {
  return `${findingId} ${attempt}`;
}

/** The key of an episode's n-th attempt. */
export function attemptKey(finding: { findingId: string; episode: number }, attempt = 1): AttemptKey {
  return {
    findingId: finding.findingId,
    attempt: `${episodePrefix(finding.episode)}${String(attempt).padStart(3, '0')}`,
  };
}

function episodePrefix(episode: number): string {
  return `${String(episode).padStart(6, '0')}-`;
}

/** Which attempt of its episode it is: 1 for the first. */
export function attemptNumberOf({ attempt }: Pick<AttemptKey, 'attempt'>): number {
  return Number.parseInt(attempt.slice(attempt.indexOf('-') + 1), 10);
}

/** The episode that an attempt belongs to. */
export function episodeOf({ attempt }: Pick<AttemptKey, 'attempt'>): number {
  return Number.parseInt(attempt, 10);
}

/**
 * The client token of an attempt: a UUID (version 8) made from its key, so that a replay carries the same one.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html: exactly 36 characters
 */
export function clientTokenOf({ findingId, attempt }: AttemptKey): string {
  return clientTokenFrom([findingId, attempt]);
}

/** A client token that is always the same for the same parts. */
export function clientTokenFrom(parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${'89ab'[Number.parseInt(hex.charAt(16), 16) % 4]}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The tag keys by which an execution is known as ours. The token is in a key of its own because filters take keys only. */
export const TAGS = {
  findingId: 'remediator:findingId',
  attempt: 'remediator:attempt',
  opsItemId: 'remediator:opsItemId',
  /** On a rollback: the attempt that it undoes. */
  rollbackOf: 'remediator:rollbackOf',
  token: (clientToken: string) => `remediator:token:${clientToken}`,
} as const;
