import { createHash } from 'node:crypto';
import type { State } from './lifecycle.ts';
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
  readonly checkName: string;
  readonly resource: string;
  readonly account: string;
  /** Where the runbook runs and the OpsItem stands. */
  readonly region: string;
  readonly clientToken: string;
  readonly document?: string;
  readonly parameters?: RunbookParameters;
  readonly opsItemId?: string;
  readonly automationExecutionId?: string;
  /** ISO 8601 of the newest time that each state was entered. */
  readonly enteredAt: Partial<Record<State, string>>;
  /** ISO 8601: when the reconciler looks again. */
  readonly nextActionAt?: string;
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

/** The episode that an attempt belongs to. */
export function episodeOf({ attempt }: Pick<AttemptKey, 'attempt'>): number {
  return Number.parseInt(attempt, 10);
}

/**
 * The client token of an attempt: a UUID (version 8) made from its key, so that a replay carries the same one.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html: exactly 36 characters
 */
export function clientTokenOf({ findingId, attempt }: AttemptKey): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([findingId, attempt]))
    .digest('hex');
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
  token: (clientToken: string) => `remediator:token:${clientToken}`,
} as const;
