import type { Remediation } from '../domain/remediation.ts';
import type { CheckReader, Place } from '../ports.ts';
import type { HandleResultDeps } from './handle-result.ts';

export interface AnswerDeps extends HandleResultDeps {
  readonly checks: CheckReader;
}

/** What a person did to an OpsItem. */
export interface OpsItemWord extends Place {
  readonly opsItemId: string;
  readonly status: string;
  /** ARN of who did it. */
  readonly by: string;
}

export type AnswerOutcome =
  | 'resolved'
  | 'reopened'
  | 'approved'
  | 'rejected'
  | 'retried'
  | 'rolled back'
  | 'resumed'
  | 'not understood'
  | 'unchanged';

/** A word, and what it is said of. */
export interface Answer {
  readonly word: OpsItemWord;
  /** The OpsItem's operational data. */
  readonly data: Readonly<Record<string, string>>;
  /** The attempts that the OpsItem stands for, oldest first; of one that stands for many, those that are not over. */
  readonly rows: readonly Remediation[];
  /** Those that are not over. */
  readonly open: readonly Remediation[];
  /** The attempt that the OpsItem names, in whatever state. */
  readonly named: Remediation | undefined;
}
