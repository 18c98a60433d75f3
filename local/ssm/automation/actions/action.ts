import type { JsonObject } from '../../../service.ts';
import type { StepDefinition } from '../../documents/runbook.ts';
import type { EngineDeps } from '../deps.ts';
import type { Execution, StepExecution } from '../execution.ts';

/** What an action gets to run one attempt of a step. */
export interface ActionContext {
  readonly deps: EngineDeps;
  readonly execution: Execution;
  readonly step: StepDefinition;
  /** The run of the step that this attempt belongs to. */
  readonly stepExecution: StepExecution;
  /** The step's inputs with tokens filled in. */
  readonly inputs: JsonObject;
  /** Aborted by a cancellation, a timeout, or the end of the engine. */
  readonly signal: AbortSignal;
}

export interface ActionResult {
  /** What the selectors of the step's outputs read. */
  readonly response?: unknown;
  /** Outputs that the action has of its own, by name. */
  readonly outputs?: ReadonlyMap<string, unknown>;
  /** Whether `outputs` holds those that the step declares too: none is read from the response. @default false */
  readonly isComplete?: boolean;
  /** The step to go to, for actions that choose. */
  readonly nextStep?: string;
}

/** One of Automation's actions. */
export interface Action {
  /** Such as `aws:sleep`. */
  readonly name: string;
  /** Seconds, for steps without `timeoutSeconds`. @default no limit */
  readonly defaultTimeoutSeconds?: number;
  /** Inputs whose tokens the action fills in by itself, such as the steps of a loop. @default none */
  readonly unresolvedInputs?: readonly string[];
  /** Inputs that reach no service by themselves: an output without a value leaves its token as it is written. @default none */
  readonly lenientInputs?: readonly string[];
  /** Whether a cancelled or timed out attempt lasts until the action has ended by itself. @default false */
  readonly endsItself?: boolean;
  /** What a dry run does where it leaves the action out. @throws StepFailure where the attempt would fail */
  check?(context: ActionContext): Promise<void>;
  /**
   * Waits until the action may begin, where this machine can't run it as often as it is asked to: what an attempt waits
   * is none of its time. The returned function gives the turn back. Rejects when the signal is aborted.
   */
  takeTurn?(signal: AbortSignal): Promise<() => void>;
  /** @throws StepFailure, or anything else: the attempt has failed */
  run(context: ActionContext): Promise<ActionResult>;
}
