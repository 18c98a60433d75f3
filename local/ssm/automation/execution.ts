import type { JsonObject } from '../../service.ts';
import type { Runbook, StepDefinition } from '../documents/runbook.ts';

/** Statuses that this engine gives. https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-statuses.html */
export type Status =
  | 'Pending'
  | 'InProgress'
  | 'Success'
  | 'TimedOut'
  | 'Cancelling'
  | 'Cancelled'
  | 'Failed';

/** Why a step failed, in AWS's terms. */
export interface FailureDetails {
  readonly stage: 'InputValidation' | 'Invocation' | 'PostVerification';
  readonly type: 'Action' | 'Permission' | 'Throttling' | 'Verification' | 'Internal';
}

/** One run of a step, or one that has not run (`Pending`). */
export interface StepExecution {
  readonly id: string;
  readonly definition: StepDefinition;
  status: Status;
  startTime?: Date;
  endTime?: Date;
  /** With tokens resolved. */
  inputs?: JsonObject;
  outputs?: ReadonlyMap<string, unknown>;
  /** Set by actions that choose the next step. */
  chosenStep?: string;
  failureMessage?: string;
  failureDetails?: FailureDetails;
}

/** One run of a runbook. The engine alone changes it. */
export interface Execution {
  readonly id: string;
  /** Where it was started, and its API calls go. */
  readonly region: string;
  readonly accountId: string;
  readonly documentName: string;
  readonly documentVersion: string;
  readonly runbook: Runbook;
  /** Typed values, defaults included. A role among them is shown, not assumed: there is no IAM on the laptop. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly executedBy: string;
  readonly startTime: Date;
  readonly variables: Map<string, unknown>;
  /** By `Step.Output`. */
  readonly outputs: Map<string, unknown>;
  /** Every step, in the order of the document; one that ran again is there again. */
  readonly steps: StepExecution[];
  /** Aborted when the execution is cancelled, or the engine closes. */
  readonly cancellation: AbortController;
  /** `Complete`: no further step is begun. */
  completeRequested: boolean;
  status: Status;
  endTime?: Date;
  currentStep?: StepExecution;
  failureMessage?: string;
}

export function hasEnded(status: Status): boolean {
  return ['Success', 'TimedOut', 'Cancelled', 'Failed'].includes(status);
}
