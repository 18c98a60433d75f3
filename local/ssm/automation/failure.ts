import { AwsError } from '../../aws-error.ts';
import type { FailureDetails } from './execution.ts';

export interface StepFailureOptions {
  readonly details?: Partial<FailureDetails>;
  readonly during?: string;
  readonly outputs?: ReadonlyMap<string, unknown>;
  readonly nextStep?: string | undefined;
  readonly cause?: unknown;
}

/** What an action throws when its step has failed for a reason that the responder should read. */
export class StepFailure extends Error {
  readonly details: FailureDetails;
  /** What the step was doing, as AWS's messages have it. */
  readonly during: string;
  /** What the action found out before it failed: later steps can use it. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Where the runbook goes, whatever the step's onFailure says. */
  readonly nextStep: string | undefined;

  constructor(message: string, options: StepFailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StepFailure';
    this.during = options.during ?? 'Execute/Cancelling action';
    this.outputs = options.outputs ?? new Map();
    this.nextStep = options.nextStep;
    this.details = { stage: 'Invocation', type: 'Action', ...options.details };
  }
}

/** The failure that a refused API call is, in the words of AWS's own Automation. */
export function apiFailure(operation: string, error: unknown): StepFailure {
  const code = error instanceof AwsError ? error.code : error instanceof Error ? error.name : 'Unknown';
  const message = error instanceof Error ? error.message : String(error);
  const details = { type: failureType(code) };
  return new StepFailure(`An error occurred (${code}) when calling the ${operation} operation: ${message}`, {
    details,
    cause: error,
  });
}

/**
 * The `FailureMessage` of a step.
 * @param missingValues what in its inputs had no value, and why
 */
export function failureMessage(error: unknown, missingValues: readonly string[] = []): string {
  const reason = error instanceof Error ? error.message : String(error);
  const during = error instanceof StepFailure ? error.during : 'Execute/Cancelling action';
  // What another execution or step said refers to the guide, too.
  const own = reason.replaceAll(` ${GUIDE}`, '');
  const sentences = [own, ...missingValues].map(sentence).join(' ');
  return `Step fails when it is ${during}. ${sentences} ${GUIDE}`;
}

/** The `FailureMessage` of a step that took longer than its timeout. */
export function timeoutMessage(seconds: number): string {
  return `Step timed out while step is Execute/Cancelling action. It did not end within ${seconds} seconds. ${GUIDE}`;
}

const GUIDE = 'Please refer to Automation Service Troubleshooting Guide for more diagnosis details.';

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function failureType(code: string): FailureDetails['type'] {
  if (/AccessDenied|Unauthorized|AuthFailure/.test(code)) return 'Permission';
  return /Throttl|TooManyRequests|RequestLimitExceeded/.test(code) ? 'Throttling' : 'Action';
}
