import type { JsonObject } from '../../service.ts';
import type { Runbook, StepDefinition } from '../documents/runbook.ts';
import type { RateControl, TargetRun } from './rate-control.ts';
import type { SignalWaiter } from './signals.ts';

/** Statuses that this engine gives. https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-statuses.html */
export type Status =
  | 'Pending'
  | 'InProgress'
  | 'Waiting'
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

/** The loop that a step runs in, and which of its iterations. */
export interface ParentStep {
  readonly step: StepExecution;
  /** From 1. */
  readonly iteration: number;
  /** Undefined in a loop with a condition. */
  readonly iteratorValue: unknown;
}

/** One run of a step, or one that has not run (`Pending`). */
export interface StepExecution {
  readonly id: string;
  readonly definition: StepDefinition;
  /** The steps it stands among: the runbook's, or those of its loop. */
  readonly siblings: readonly StepDefinition[];
  readonly parent?: ParentStep;
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
  /** Aborted by the signal StopStep. */
  stop?: AbortController;
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
  /** As they came, for executions that start others of the same document. */
  readonly givenParameters: ReadonlyMap<string, readonly string[]>;
  readonly executedBy: string;
  readonly startTime: Date;
  /** Interactive: each step waits for the signal StartStep. */
  readonly mode: 'Auto' | 'Interactive';
  /** The execution whose step, or whose rate control, started this one. */
  readonly parent: Execution | undefined;
  /** For an execution that runs its document once for each of many targets. */
  readonly rateControl: RateControl | undefined;
  /** For one of the executions that rate control starts. */
  readonly target: TargetRun | undefined;
  readonly variables: Map<string, unknown>;
  /** By `Step.Output`. */
  readonly outputs: Map<string, unknown>;
  /** Every step, in the order of the document; one that ran again is there again. */
  readonly steps: StepExecution[];
  /** Steps that wait for a signal. */
  readonly waiters: Set<SignalWaiter>;
  /** Aborted when the execution is cancelled, or the engine closes. */
  readonly cancellation: AbortController;
  /** Resolves at its end. */
  readonly ended: PromiseWithResolvers<void>;
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
