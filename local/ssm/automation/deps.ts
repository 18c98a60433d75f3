import type { Account } from '../../account/account.ts';
import type { Clock } from '../../clock.ts';
import type { EventPublisher } from '../../events/event.ts';
import type { Ids } from '../../ids.ts';
import type { Action } from './actions/action.ts';
import type { Execution } from './execution.ts';
import type { ChildRequest } from './launcher.ts';

/** What some actions need beyond the account; all of it can be left out. */
export interface ActionOptions {
  /** Where the API calls of scripts go. Undefined: nowhere, so that they never reach AWS by mistake. */
  readonly endpointUrl?: () => string | undefined;
  /** How aws:executeScript runs its scripts. */
  readonly scripts?: ScriptOptions;
  /** Files that were attached to documents, for aws:executeScript. */
  readonly attachments?: (file: AttachedFile) => Promise<Uint8Array | undefined>;
  /** Whether aws:invokeWebhook may send anything. @default false */
  readonly allowWebhooks?: boolean;
}

export interface ScriptOptions {
  /** Name or path of the interpreter. @default python3 */
  readonly python?: string;
  /** Directories where the interpreter is looked for, as in `PATH`. @default this process's */
  readonly path?: string;
  /** Of each process that a script runs in. @default 512 */
  readonly memoryLimitMb?: number;
  /** Variables beside, or in place of, the usual ones; an empty value takes one away. */
  readonly environment?: () => Readonly<Record<string, string>>;
}

export interface AttachedFile {
  readonly documentName: string;
  readonly documentVersion: string;
  /** Name of the attachment. */
  readonly name: string;
}

/** What running a runbook needs. */
export interface EngineDeps extends ActionOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventPublisher;
  /** Where the runbooks' API calls go. */
  readonly account: Account;
  /** By name, such as `aws:sleep`. */
  readonly actions: ReadonlyMap<string, Action>;
  /**
   * Starts an execution from within another one; it runs at once, whatever is queued.
   * @throws AwsError as StartAutomationExecution does
   */
  readonly startChild: (request: ChildRequest) => Execution;
  /** Told of faults that must not end an execution, such as a bus that refuses an event. */
  readonly reportFault: (error: unknown) => void;
}
